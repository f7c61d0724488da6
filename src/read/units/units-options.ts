import type { ReadOptions } from "../input.js";

/** How documents of translation units are read. */
export interface ReadUnitsOptions {
  /**
   * tmx, xliff, and records with languages: those of source and target. `de` takes `de-DE`, too.
   * @default tmx: the document's srclang (or the first variant's) and the other one of the first unit; xliff: the document's
   */
  languages?: readonly [source: string, target: string];
  /** tmx and xliff: what becomes of the codes inside of inline tags; the text in `hi` is kept. @default "drop" */
  codes?: "drop" | "keep";
  /** tmx: the `type` of the property that holds the score, such as Bicleaner's `score-bicleaner`. @default "x-score" */
  scoreProperty?: string;
  /**
   * tmx and xliff: called for each unit that lacks one of the languages, or is not translated, and for each variant that is
   * one too many.
   */
  onLeftOut?: (what: "unit" | "variant") => void;
}

/** Options that are settled, and what messages call the input. */
export type UnitsReading = ReadUnitsOptions & Pick<ReadOptions, "onError"> & { path: string };
