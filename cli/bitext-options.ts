import { join } from "node:path";
import type { Command } from "commander";
import { OptionError } from "../src/errors.js";
import type {
  AlignmentFormat,
  BitextFormat,
  PairFormat,
  PairInput,
  PairOutput,
  ReadPairsOptions,
  WrittenFormat,
} from "../src/index.js";
import { COLUMN_PRESETS, type ColumnPreset } from "../src/read/pairs/column-presets.js";
import { BITEXT_FORMATS, WRITTEN_FORMATS } from "../src/types/bitexts.js";
import { guessPairFormat } from "../src/write/pairs/open-pairs.js";
import type { Context } from "./context.js";
import { GivenBitext } from "./given-bitext.js";
import { choice, GROUPS, listOf, positiveNumber } from "./options.js";

type Two<T> = readonly [source: T, target: T];

/** How a bitext is read. */
export interface BitextFlags {
  format?: BitextFormat;
  columns?: (number | string)[];
  scoreColumn?: number | string;
  header?: "yes" | "no";
  preset?: ColumnPreset;
  fields?: string[];
  scoreField?: string;
  scoreProperty?: string;
  languages?: string[];
  documents?: string[];
  onError?: "stop" | "skip";
}

export const BITEXT_FLAGS = [
  "format",
  "columns",
  "scoreColumn",
  "header",
  "preset",
  "fields",
  "scoreField",
  "scoreProperty",
  "languages",
  "onError",
] as const satisfies (keyof BitextFlags)[];

/** Where a bitext is written, and how. */
export interface BitextOutputFlags {
  output?: string;
  outputFormat?: WrittenFormat;
  outputHeader?: "yes" | "no";
}

export const BITEXT_OUTPUT_FLAGS = ["output", "outputFormat", "outputHeader"] as const;

/** The arguments and options of a command that reads a bitext. */
export function addBitextOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.input)
    .addOption(
      choice(
        "--format <name>",
        "format of the bitext (default: moses for two files, else by first bytes and suffix, else tsv)",
        BITEXT_FORMATS,
      ),
    )
    .option(
      "--columns <source,target>",
      "tsv, csv: columns of the texts, by number or name (default: by the header; 1,2, or 2,3 after a score)",
      listOf(columnName),
    )
    .option("--score-column <n>", "tsv, csv: column of the score, by number or name", columnName)
    .addOption(
      choice(
        "--header <yes|no>",
        "tsv, csv: whether the first row names the columns (default: as it looks)",
        ["yes", "no"],
      ),
    )
    .addOption(choice("--preset <corpus>", "tsv, csv: columns of a published corpus", COLUMN_PRESETS))
    .option(
      "--fields <source,target>",
      "json, jsonl, parquet: paths to the texts (default: source,target)",
      listOf(String),
    )
    .option("--score-field <path>", "json, jsonl, parquet: path to the score (default: score)")
    .option("--score-property <type>", "tmx: type of the property with the score (default: x-score)")
    .option(
      "--documents <places>",
      "xces: folders and zip files of the documents, joined by commas (default: the alignment's folder)",
      listOf(String),
    )
    .addOption(
      choice(
        "--on-error <what>",
        "at a line that cannot be read: stop, or skip and count it (default: stop)",
        ["stop", "skip"],
      ),
    );
}

export function addLanguagesOption(
  command: Command,
  what = "tmx, xliff, json: codes of the languages, e.g. de,en",
): void {
  command.optionsGroup(GROUPS.input).option("--languages <source,target>", what, listOf(String));
}

export const OUTPUT_HELP =
  "write to this file; .gz and .zst compress; moses: two, joined by a comma (default: -, standard output)";

/** What decides the format where none is named. */
export const defaultFormat = (more = "", usual = "tsv"): string =>
  `(default: moses for two files; by suffix: .tsv, .jsonl, .tmx, ${more}others' such as .json or .csv are refused; else tsv${usual === "tsv" ? "" : `, or ${usual} on standard output`})`;

/** @param usual the format where neither option nor suffix tells it */
export function addBitextOutputOptions(command: Command, usual = "the input's"): void {
  command
    .optionsGroup(GROUPS.output)
    .option("-o, --output <file>", OUTPUT_HELP)
    .addOption(
      choice("--output-format <name>", `format of the output ${defaultFormat("", usual)}`, WRITTEN_FORMATS),
    );
  addOutputHeader(command);
}

export function addOutputHeader(command: Command): void {
  command.addOption(
    choice(
      "--output-header <yes|no>",
      "tsv: begin with a line of the columns' names (default: as the input's)",
      ["yes", "no"],
    ),
  );
}

/** Whether the columns' names go first, if something is said of it. */
export const headerOf = ({ outputHeader }: Pick<BitextOutputFlags, "outputHeader">): boolean | undefined =>
  outputHeader && outputHeader === "yes";

/** The bitext that a command's arguments name: one, or the two of Moses. */
export function bitextInput(source: string, target: string | undefined, { stdin }: Context): PairInput {
  if (source === "-" && target === "-")
    throw new OptionError("Both sides are standard input.", {
      advice: "Give at least one of them as a file.",
    });
  const input = (name: string) => (name === "-" ? stdin : name);
  return target === undefined ? input(source) : [input(source), input(target)];
}

/** The output that a flag names; or the two that it joins by a comma, which are moses. */
export function bitextOutput(
  output: string | undefined,
  format: WrittenFormat | "bucc" | undefined,
  { stdout }: Context,
): PairOutput {
  if (output === undefined || output === "-") return stdout;
  const names = output.split(",");
  if (names.length === 1 && format !== "moses") return output;
  if (format !== undefined && format !== "moses")
    throw new OptionError(
      `--output ${output} names ${names.length} files, but a bitext in format ${format} is one file.`,
      { advice: "Name one without a comma, or leave --output-format out: two files are moses." },
    );
  return two("--output", names);
}

/** Where a run keeps its pairs. */
export function pairsOfRun(
  run: string,
  format: PairFormat | AlignmentFormat = "tsv",
  languages: readonly string[] = ["source", "target"],
): string | Two<string> {
  const at = (ending: string) => join(run, `pairs.${ending}`);
  return format === "moses" ? [at(languages[0]), at(languages[1])] : at(format);
}

/** What each format is written as where nothing says so: what holds as much of it. */
const WRITTEN_AS: Readonly<Record<BitextFormat, WrittenFormat>> = {
  tsv: "tsv",
  csv: "tsv",
  jsonl: "jsonl",
  json: "jsonl",
  moses: "tsv",
  tmx: "tmx",
  xliff: "tmx",
  xces: "tsv",
  parquet: "jsonl",
};

/**
 * The format to write where neither option nor name gives one: the input's, so that JSON lines or TMX stay so in a
 * pipe.
 */
export async function outputFormatOf(
  { output, outputFormat }: BitextOutputFlags,
  bitext: GivenBitext,
): Promise<WrittenFormat | undefined> {
  if (outputFormat !== undefined || (output !== undefined && output !== "-")) return outputFormat;
  const format = await bitext.format();
  return format && WRITTEN_AS[format];
}

/** The bitext that a command's arguments and options name, to be disposed of. */
export function givenBitext(
  source: string,
  target: string | undefined,
  flags: BitextFlags,
  context: Context,
): GivenBitext {
  return new GivenBitext(bitextInput(source, target, context), bitextReadOptions(flags), context.signal);
}

export function bitextReadOptions(flags: BitextFlags): ReadPairsOptions {
  const {
    format,
    columns,
    scoreColumn,
    header,
    preset,
    fields,
    scoreField,
    scoreProperty,
    documents,
    onError,
  } = flags;
  return {
    format,
    scoreColumn,
    header,
    preset,
    scoreField,
    scoreProperty,
    documents,
    onError,
    columns: columns && two("--columns", columns),
    fields: fields && two("--fields", fields),
    languages: languagesOf(flags),
  };
}

/** Formats whose texts have languages. */
const WITH_LANGUAGES: readonly BitextFormat[] = ["tmx", "xliff", "jsonl", "json", "parquet"];

/**
 * The languages of a command to which they say only what to read, and what to write to TMX.
 *
 * @throws OptionError if neither the input nor the output has languages
 */
export async function languagesOfTmx(
  flags: BitextFlags,
  bitext: GivenBitext,
  output: PairOutput,
  outputFormat: WrittenFormat | undefined,
): Promise<Two<string> | undefined> {
  const languages = languagesOf(flags);
  if (!languages || (outputFormat ?? guessPairFormat(output)) === "tmx") return languages;
  const format = await bitext.format();
  // In a zip file of Moses the names say the languages.
  const isZip = format === "moses" && !Array.isArray(bitext.input);
  if (format === undefined || isZip || WITH_LANGUAGES.includes(format)) return languages;
  throw new OptionError(
    "--languages names the languages of TMX, but neither the bitext nor the output is TMX.",
    { advice: "Leave it out." },
  );
}

export function languagesOf({ languages }: Pick<BitextFlags, "languages">): Two<string> | undefined {
  return languages && two("--languages", languages);
}

/** @throws InvalidArgumentError for 0, or nothing */
function columnName(text: string): number | string {
  return /^[\p{L}_#]/u.test(text) ? text : positiveNumber(text);
}

function two<T>(option: string, values: readonly T[]): Two<T> {
  if (values.length === 2) return [values[0], values[1]];
  throw new OptionError(
    `${option} has ${values.length === 1 ? "one value" : `${values.length} values`}; expected the source's and the target's, joined by a comma.`,
  );
}
