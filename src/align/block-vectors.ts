import type { VectorWindows } from "./halve.js";

/**
 * The vectors of a document's blocks: its sentences alone, and joined with those before them (the overlaps of Thompson &
 * Koehn 2019).
 */
export interface BlockVectors {
  /** How many sentences the document has. */
  readonly sentences: number;
  /** Numbers of a vector. */
  readonly dimensions: number;
  /** Sentences of the longest block. */
  readonly longest: number;
  /** How many letters each sentence has. */
  readonly lengths: Float64Array;
  /** sentences × dimensions: the vectors of sentences alone, of unit length; zeros where a text has none. */
  singles(): VectorWindows;
  /** Those that stand for all, spread evenly: rows × dimensions. */
  readonly drawn: Float32Array;
  /** places × longest × dimensions: the blocks that end with the sentences of `sampledPlaces`, as `read` gives them. */
  readonly sample: Float32Array;
  /**
   * (end − start) × longest × dimensions: of each sentence the blocks of 1, 2 … sentences that end with it, of unit
   * length; zeros where one would begin before the document. Asked for by ascending windows that may overlap.
   */
  read(start: number, end: number): Promise<Float32Array> | Float32Array;
}

/** Sentences whose blocks stand for all. */
const SAMPLED = 64;

/** The sentences whose blocks stand for all of a document, spread evenly over it. */
export function sampledPlaces(sentences: number): number[] {
  const places = Math.min(SAMPLED, sentences);
  return Array.from({ length: places }, (_, place) => Math.floor(((place + 0.5) * sentences) / places));
}

/** Block vectors that are in memory already: sentences × longest × dimensions. */
export function blocksInMemory(
  data: Float32Array,
  { dimensions, longest, lengths }: Pick<BlockVectors, "dimensions" | "longest" | "lengths">,
): BlockVectors {
  const step = longest * dimensions;
  const sentences = data.length / step;
  const singles = new Float32Array(sentences * dimensions);
  for (let s = 0; s < sentences; s++)
    singles.set(data.subarray(s * step, s * step + dimensions), s * dimensions);
  const places = sampledPlaces(sentences);
  const sample = new Float32Array(places.length * step);
  for (const [i, place] of places.entries())
    sample.set(data.subarray(place * step, (place + 1) * step), i * step);
  const read = (start: number, end: number) => data.subarray(start * step, end * step);
  return { sentences, dimensions, longest, lengths, singles: () => [singles], drawn: singles, sample, read };
}

/** The texts of blocks in the order of `BlockVectors.read`; an empty one where a block would begin before the document. */
export function blockTexts(
  sentences: readonly string[],
  { start, end, longest }: { start: number; end: number; longest: number },
): string[] {
  const texts: string[] = [];
  for (let last = start; last < end; last++)
    for (let size = 1; size <= longest; size++)
      texts.push(size > last + 1 ? "" : sentences.slice(last + 1 - size, last + 1).join(" "));
  return texts;
}

/** Letters of a sentence, for its length: its characters but white space. */
export function countLetters(sentence: string): number {
  let count = 0;
  for (const character of sentence) if (character.trim() !== "") count++;
  return count;
}
