import { checkOneOf } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import type { BitextFormat } from "../../types/bitexts.js";
import { anyOf, option, say } from "../../wording.js";
import type { ReadUnitsOptions } from "../units/units-options.js";
import type { ReadXcesOptions } from "../xces/read-xces.js";
import type { PairColumnOptions } from "./column-options.js";
import type { PairFieldOptions } from "./field-options.js";

type FormatOptions = PairColumnOptions & PairFieldOptions & ReadUnitsOptions & ReadXcesOptions;

const ROWS = ["tsv", "csv"] as const;
const RECORDS = ["jsonl", "json", "parquet"] as const;

/** The formats that an option says something about. */
const FORMATS_WITH = {
  columns: ROWS,
  scoreColumn: ROWS,
  header: ROWS,
  preset: ROWS,
  fields: RECORDS,
  scoreField: RECORDS,
  codes: ["tmx", "xliff"],
  scoreProperty: ["tmx"],
  documents: ["xces"],
} as const satisfies Partial<Record<keyof FormatOptions, readonly BitextFormat[]>>;

/** @throws OptionError if an option is given that says nothing about this format, or is none of its words */
export function checkFormatOptions(options: FormatOptions, format: BitextFormat, input: string): void {
  for (const name of Object.keys(FORMATS_WITH) as (keyof typeof FORMATS_WITH)[]) {
    const formats: readonly BitextFormat[] = FORMATS_WITH[name];
    if (options[name] === undefined || formats.includes(format)) continue;
    throw new OptionError(
      say`${option(name)} goes with format ${anyOf(formats)}, but ${input} is read as ${format}.`,
      { advice: "Leave it out, or name the right format." },
    );
  }
  const { header, codes } = options;
  if (header !== undefined) checkOneOf("header", header, ["yes", "no"]);
  if (codes !== undefined) checkOneOf("codes", codes, ["drop", "keep"]);
}
