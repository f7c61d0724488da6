import { OptionError } from "../../errors.js";
import type { BitextFormat } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import type { ReadTmxOptions } from "../tmx/read-tmx.js";
import type { PairFieldOptions } from "./jsonl.js";
import type { PairColumnOptions } from "./tsv.js";

type FormatOptions = PairColumnOptions & PairFieldOptions & ReadTmxOptions;

/** The one format that an option says something about. */
const FORMAT_OF = {
  columns: "tsv",
  scoreColumn: "tsv",
  header: "tsv",
  preset: "tsv",
  fields: "jsonl",
  scoreField: "jsonl",
  codes: "tmx",
  scoreProperty: "tmx",
} as const satisfies Partial<Record<keyof FormatOptions, BitextFormat>>;

/** @throws OptionError if an option is given that says nothing about this format */
export function checkFormatOptions(options: FormatOptions, format: BitextFormat, input: string): void {
  for (const name of Object.keys(FORMAT_OF) as (keyof typeof FORMAT_OF)[]) {
    if (options[name] === undefined || FORMAT_OF[name] === format) continue;
    throw new OptionError(
      say`${option(name)} goes with format ${FORMAT_OF[name]}, but ${input} is read as ${format}.`,
      { advice: "Leave it out, or name the right format." },
    );
  }
}
