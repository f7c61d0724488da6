import { WINDOW } from "../../embed/embed.js";
import { InputError } from "../../errors.js";
import { type Range, rangeOfShard } from "../../search/ranges.js";
import { readText } from "../../steps/texts/read-text.js";
import type { SideText } from "../../steps/texts/source-kind.js";
import type { KnownLines, VectorsPart } from "../../store/arrays/vectors-file.js";
import { LineNotes } from "../../store/hashes/known-lines.js";
import type { Shard } from "../../types/shard.js";
import type { Sentence } from "../../types/texts.js";

/** A text in parts is long, and none of its tiles should have to read it: at most 9 GB. */
const MOST_TEXTS = 2 ** 28;

/** Lines of a text that are embedded, and what is told of them. */
export interface PartOfText extends Range {
  part: VectorsPart;
  sentences?: KnownLines;
}

/** Reads a text through to find the lines of a part: whole windows, so that each window is that of the whole. */
export async function cutPart(text: SideText, shard: Shard, signal?: AbortSignal): Promise<PartOfText> {
  const notes = await LineNotes.create(WINDOW, MOST_TEXTS);
  // What cannot be read is told when it is read to be embedded.
  const batches = readText(text, { signal, onSkip: () => {}, onNote: () => {} });
  for await (const batch of ascending(batches, text.name))
    for (const { text: line, line: number } of batch) notes.add(line, number);
  const { lines } = notes;
  const { first, end } = rangeOfShard(lines, WINDOW, shard);
  return {
    first,
    end,
    part: { ...shard, first, rows: lines },
    sentences: notes.finish(first, end),
  };
}

/** The same sentences, noted as they pass. */
export async function* noted(
  batches: AsyncIterable<Sentence[]>,
  notes: LineNotes,
): AsyncGenerator<Sentence[]> {
  for await (const batch of batches) {
    for (const { text, line } of batch) notes.add(text, line);
    yield batch;
  }
}

/** The same sentences; a row has its place by its line, so none may stand before another that has come. */
export async function* ascending(
  batches: AsyncIterable<Sentence[]>,
  path: string,
): AsyncGenerator<Sentence[]> {
  let last = 0;
  for await (const batch of batches) {
    for (const { line } of batch) {
      if (line <= last)
        throw new InputError(
          { path, line },
          `comes after line ${last}; expected records in the order of their lines.`,
          { advice: "Leave line out of the records: they are then numbered as they come." },
        );
      last = line;
    }
    yield batch;
  }
}
