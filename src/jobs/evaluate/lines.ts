import type { OptionNames } from "../../check-options.js";
import { embed, textWindows } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { InputError, OptionError } from "../../errors.js";
import { type JobEvent, tellTruncated } from "../../events.js";
import type { ReadOptions, TextSource } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { inMemory } from "../../search/in-memory.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { refuseUnusedReading } from "../../steps/texts/check-reading.js";
import { readText } from "../../steps/texts/read-text.js";
import { nameText, type SideText } from "../../steps/texts/source-kind.js";
import { fitEncoder } from "../../steps/vectors/fit-encoder.js";
import { describeNotFinite } from "../../steps/vectors/reject-vector.js";
import { safeMean } from "../../steps/vectors/safe-mean.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import { listedTexts } from "../../text/listed-texts.js";
import type { Encoder } from "../../types/encoder.js";
import type { SideName } from "../../types/texts.js";
import type { VectorBlock, Vectors } from "../../types/vectors.js";
import { option, say } from "../../wording.js";
import type { EvaluateOptions } from "./open-encoders.js";

/** Lines of which line n of the source belongs to line n of the target. */
export type AlignedLines = Record<SideName, string[]>;

/** How aligned lines are read. */
export interface AlignedReading {
  /** How the source is read; a line that cannot be read ends it. @default by suffix, else text */
  read?: ReadOptions;
  /** How the target is read. @default as the source */
  readTarget?: ReadOptions;
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `AlignedReading`. */
export const ALIGNED_READING: OptionNames<AlignedReading> = { read: true, readTarget: true, signal: true };

/**
 * Every line of two texts, trimmed.
 *
 * @throws InputError with both counts, if they have different numbers of lines; OptionError for an option of reading that
 *   neither file has a use for, or that leaves lines out
 */
export async function readAligned(
  source: TextSource,
  target: TextSource,
  { read = {}, readTarget = read, signal }: AlignedReading = {},
): Promise<AlignedLines> {
  if (read.onError === "skip" || readTarget.onError === "skip")
    throw new OptionError(
      say`${option("onError", "skip")} leaves lines out, and line n of one text must translate line n of the other.`,
      { advice: "Leave it out." },
    );
  const [x, y] = [nameText(source, "source", read), nameText(target, "target", readTarget)];
  refuseUnusedReading([x, y]);
  const lines = { source: await linesOf(x, signal), target: await linesOf(y, signal) };
  for (const [path, side] of [
    [x.name, lines.source],
    [y.name, lines.target],
  ] as const)
    if (side.every((text) => text === "")) throw new InputError({ path }, side.length === 0 ? EMPTY : BLANK);
  const counts = { source: lines.source.length, target: lines.target.length };
  if (counts.source === counts.target) return lines;
  throw new InputError(
    { path: x.name },
    `has ${counts.source} lines, but ${y.name} has ${counts.target}; expected line n of one to translate line n of the other.`,
  );
}

const EMPTY = "is empty; expected sentences.";
const BLANK = "has blank lines alone; expected sentences.";

async function linesOf(text: SideText, signal?: AbortSignal): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readText(text, { ...text.read, signal }))
    for (const { text } of batch) lines.push(text.trim());
  return lines;
}

/** Every line of a file, trimmed. */
export async function readLines(path: string, options: ReadOptions = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readSentences(path, options))
    for (const { text } of batch) lines.push(text.trim());
  return lines;
}

/** The vectors of aligned lines, a row a line. */
export interface AlignedVectors extends Record<SideName, Vectors> {
  space: string;
  centre: boolean;
}

/** Embeds aligned lines; an encoder that needs it is fitted on both sides. */
export async function embedAligned(
  lines: AlignedLines,
  encoder: Encoder,
  { centre = encoder.centre ?? false, signal, onEvent = () => {} }: EvaluateOptions,
): Promise<AlignedVectors> {
  const fitted = await fitEncoder(encoder, listedTexts(lines.source), listedTexts(lines.target));
  const { dimensions, space } = fitted;
  let truncated = 0;
  const vectorsOf = async (side: SideName): Promise<Vectors> => {
    const texts = lines[side];
    const rows = new MemoryRows(texts.length, dimensions);
    const onNotFinite = (text: number) => {
      throw new InputError({ path: texts[text] }, describeNotFinite(space));
    };
    const onTruncated = (count: number) => {
      truncated += count;
    };
    await embed(textWindows(listedTexts(texts)), fitted, rows, { signal, side, onTruncated, onNotFinite });
    return prepareAligned(rows, { dimensions, blocks: fitted.blocks, centre, side, onEvent });
  };
  const [source, target] = [await vectorsOf("source"), await vectorsOf("target")];
  tellTruncated(truncated, "texts", onEvent);
  return { source, target, space, centre };
}

interface PrepareAligned {
  dimensions: number;
  blocks?: readonly VectorBlock[];
  centre: boolean;
  side: SideName;
  onEvent: (event: JobEvent) => void;
}

/** Makes a side's rows comparable: centred if so, and of unit length. */
export async function prepareAligned(
  rows: MemoryRows,
  { dimensions, blocks, centre, side, onEvent }: PrepareAligned,
): Promise<Vectors> {
  const vectors = { rows: rows.rows, dimensions, data: rows.data };
  const mean = centre ? await meanOfRows(rows, dimensions, blocks) : undefined;
  const options = { centre, mean, sentences: rows.rows, name: `the ${side}'s lines`, onEvent };
  prepareRows(vectors, { mean: safeMean(inMemory(vectors), options), blocks });
  return vectors;
}
