import type { OptionNames } from "../../check-options.js";
import type { BitextFormat } from "../../types/bitexts.js";
import type { Input, ReadOptions } from "../input.js";
import type { ReadUnitsOptions } from "../units/units-options.js";
import type { ReadXcesOptions } from "../xces/read-xces.js";
import type { PairColumnOptions } from "./column-options.js";
import type { PairFieldOptions } from "./field-options.js";

/** How a bitext is read. */
export interface ReadPairsOptions
  extends PairColumnOptions,
    PairFieldOptions,
    ReadUnitsOptions,
    ReadXcesOptions,
    Pick<ReadOptions, "onError" | "onSkip" | "onNote" | "signal"> {
  /**
   * How pairs stand in the input.
   * @default moses for two inputs, or a zip file of them; else by the first bytes, and where they tell nothing by the
   * suffix before any .gz, .xz, .zst or .bz2: .csv, .jsonl or .ndjson, .json, .tmx, .xlf or .xliff, .parquet; else tsv
   */
  format?: BitextFormat;
  /**
   * What messages call the input, or each of two. Of a stream it tells what the path of a file does: the format by its
   * suffix, and the folder of an alignment.
   * @default its path, or "standard input" for a stream
   */
  name?: string | readonly [source: string, target: string];
}

/** The names of `ReadPairsOptions`. */
export const READ_PAIRS_OPTIONS: OptionNames<ReadPairsOptions> = {
  format: true,
  name: true,
  columns: true,
  scoreColumn: true,
  header: true,
  preset: true,
  fields: true,
  scoreField: true,
  languages: true,
  codes: true,
  scoreProperty: true,
  onLeftOut: true,
  documents: true,
  onNote: true,
  onError: true,
  onSkip: true,
  signal: true,
};

/** What messages call an input, or one of two. */
export function nameOf(input: Input, { name }: ReadPairsOptions, side: number): string {
  const given = typeof name === "string" ? name : name?.[side];
  return given ?? (typeof input === "string" ? input : "standard input");
}
