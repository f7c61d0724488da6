import { embed, textWindows } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { InputError } from "../../errors.js";
import { tellTruncated } from "../../events.js";
import { concatenate } from "../../flow/concatenate.js";
import type { ReadOptions } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { inMemory } from "../../search/in-memory.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { describeNotFinite } from "../../steps/vectors/reject-vector.js";
import { safeMean } from "../../steps/vectors/safe-mean.js";
import { MemoryRows } from "../../store/arrays/memory-rows.js";
import type { Encoder, SideName, Vectors } from "../../types.js";
import type { EvaluateOptions } from "./open-encoders.js";

/** Every line of a file, trimmed; line n of one file belongs to line n of the other. */
export async function readLines(path: string, read?: ReadOptions): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readSentences(path, read)) for (const { text } of batch) lines.push(text.trim());
  return lines;
}

/** @throws InputError with both counts, if two files that belong together have different numbers of lines */
export function checkAligned(source: string, sources: string[], target: string, targets: string[]): void {
  if (sources.length === targets.length && sources.length > 0) return;
  throw new InputError(
    { path: source },
    `has ${sources.length} lines, ${target} has ${targets.length}; expected as many, line n of one translating line n of the other.`,
  );
}

/** Embeds two aligned lists, a row a line; an encoder that needs it is fitted on both. */
export async function embedAligned(
  sources: string[],
  targets: string[],
  encoder: Encoder,
  { centre = encoder.centre ?? false, signal, onEvent = () => {} }: EvaluateOptions,
): Promise<{ source: Vectors; target: Vectors; space: string; centre: boolean }> {
  const [x, y] = [asTexts(sources), asTexts(targets)];
  const fitted = encoder.fit ? await encoder.fit(concatenate(textWindows(x), textWindows(y))) : encoder;
  const { dimensions, space } = fitted;
  let truncated = 0;
  const vectorsOf = async (texts: string[], side: SideName): Promise<Vectors> => {
    const rows = new MemoryRows(texts.length, dimensions);
    const reject = (text: number) => new InputError({ path: texts[text] }, describeNotFinite(space));
    const onTruncated = (count: number) => {
      truncated += count;
    };
    await embed(textWindows(asTexts(texts)), fitted, rows, { signal, side, onTruncated, reject });
    const vectors = { rows: texts.length, dimensions, data: rows.data };
    const { blocks } = fitted;
    const mean = centre ? await meanOfRows(rows, dimensions, blocks) : undefined;
    const options = { centre, mean, name: `the ${side}'s lines`, onEvent };
    prepareRows(vectors, { mean: safeMean(inMemory(vectors), options), blocks });
    return vectors;
  };
  const [source, target] = [await vectorsOf(sources, "source"), await vectorsOf(targets, "target")];
  tellTruncated(truncated, "texts", onEvent);
  return { source, target, space, centre };
}

function asTexts(texts: string[]) {
  return { length: texts.length, get: (index: number) => texts[index] };
}
