import type { OptionNames } from "../check-options.js";
import { countCodes } from "../text/code-points.js";
import type { Sentence } from "../types/texts.js";

/** Which sentences are kept by their length. */
export interface CleanOptions {
  /** Shortest sentence that is kept, in Unicode characters. @default 1 */
  minCharacters?: number;
  /** Longest sentence that is kept, in Unicode characters. @default no limit */
  maxCharacters?: number;
}

/** The names of `CleanOptions`. */
export const CLEAN_OPTIONS: OptionNames<CleanOptions> = { minCharacters: true, maxCharacters: true };

/** What cleaning left out, counted. */
export interface CleanCounts {
  /** Lines of the input, or its records. */
  lines: number;
  /** The number of the last line that was read; larger than `lines` where some were skipped or do not count. */
  lastLine: number;
  /** Lines without text. */
  blank: number;
  /** Sentences below `minCharacters`. */
  tooShort: number;
  /** Sentences above `maxCharacters`. */
  tooLong: number;
}

/** Trims sentences, and leaves out blank, short and long ones, counting each in `counts`. */
export async function* clean(
  batches: AsyncIterable<readonly Sentence[]>,
  { minCharacters = 1, maxCharacters = Number.POSITIVE_INFINITY }: CleanOptions,
  counts: CleanCounts,
): AsyncGenerator<Sentence[]> {
  for await (const batch of batches) {
    const kept: Sentence[] = [];
    for (const sentence of batch) {
      counts.lines++;
      counts.lastLine = sentence.line;
      const text = sentence.text.trim();
      if (text === "") counts.blank++;
      else if (countCodes(text, minCharacters) < minCharacters) counts.tooShort++;
      else if (text.length > maxCharacters && countCodes(text, maxCharacters + 1) > maxCharacters)
        counts.tooLong++;
      else kept.push({ ...sentence, text });
    }
    yield kept;
  }
}
