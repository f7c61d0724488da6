import { embed, textWindows } from "../../embed/embed.js";
import { meanOfRows } from "../../embed/mean.js";
import { unitRows } from "../../embed/normalise.js";
import { type EncoderOptions, openEncoder } from "../../embed/open-encoder.js";
import { InputError } from "../../errors.js";
import { concatenate } from "../../flow/concatenate.js";
import type { ReadOptions } from "../../read/input.js";
import { readSentences } from "../../read/read-sentences.js";
import { centreRows } from "../../search/centre.js";
import { MemoryRows } from "../../store/memory-rows.js";
import { cacheVectors } from "../../store/vector-cache.js";
import type { Encoder, Vectors } from "../../types.js";
import type { JobEvent } from "../events.js";
import { describeNotFinite } from "../reject-vector.js";

export interface EvaluateOptions extends EncoderOptions {
  encoder?: string | Encoder;
  /** A folder that remembers vectors a sentence, so that a sentence is encoded once. @default none */
  cache?: string;
  /** Subtract the mean of each side from its vectors. @default false */
  centre?: boolean;
  /** Add 95 % bootstrap intervals. @default false */
  confidence?: boolean;
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

/** Opens the encoder of an evaluation, which remembers what it has encoded if a cache is given. */
export async function openEvaluated({
  encoder: given,
  cache,
  ...options
}: EvaluateOptions): Promise<Encoder> {
  const encoder = typeof given === "object" ? given : await openEncoder(given, options);
  return cache === undefined || encoder.fit ? encoder : cacheVectors(encoder, cache);
}

/** The prompt as a report tells it, where the encoder has one. */
export function promptOf(encoder: Encoder | undefined): { prompt?: string } {
  return encoder?.prompt ? { prompt: JSON.stringify(encoder.prompt) } : {};
}

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
  { centre = false, signal }: EvaluateOptions,
): Promise<{ source: Vectors; target: Vectors; space: string }> {
  const [x, y] = [asTexts(sources), asTexts(targets)];
  const fitted = encoder.fit ? await encoder.fit(concatenate(textWindows(x), textWindows(y))) : encoder;
  const { dimensions, space } = fitted;
  const vectorsOf = async (texts: string[]): Promise<Vectors> => {
    const rows = new MemoryRows(texts.length, dimensions);
    const reject = (text: number) => new InputError({ path: texts[text] }, describeNotFinite(space));
    await embed(textWindows(asTexts(texts)), fitted, rows, { signal, reject });
    const vectors = { rows: texts.length, dimensions, data: rows.data };
    if (centre) centreRows(vectors, await meanOfRows(rows, dimensions));
    else unitRows(vectors.data, dimensions);
    return vectors;
  };
  return { source: await vectorsOf(sources), target: await vectorsOf(targets), space };
}

function asTexts(texts: string[]) {
  return { length: texts.length, get: (index: number) => texts[index] };
}
