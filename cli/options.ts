import { type Command, InvalidArgumentError, Option } from "commander";
import type { Shard } from "../src/index.js";
import { RAW_TYPES } from "../src/store/arrays/raw-file.js";

/** One value for both sides, or two of them joined by a comma: the source's and the target's. */
export type PerSide<T> = readonly [source: T, target: T];

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || text.trim() === "")
    throw new InvalidArgumentError("Expected a whole number.");
  return value;
}

export function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError("Expected a whole number from 1.");
  return value;
}

export function decimalNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === "") throw new InvalidArgumentError("Expected a number.");
  return value;
}

/** A score, or `auto`. */
export function scoreOrAuto(text: string): number | "auto" {
  return text === "auto" ? text : decimalNumber(text);
}

const BYTES = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes: `512M`, `1.5G`. */
export function byteSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT])(?:i?B)?$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError("Expected a size such as 512M or 4G.");
  return Math.floor(Number(match[1]) * BYTES[match[2].toUpperCase() as keyof typeof BYTES]);
}

export function perSide<T>(parse: (text: string) => T): (text: string) => PerSide<T> {
  return (text) => {
    const values = text.split(",").map(parse);
    if (values.length > 2)
      throw new InvalidArgumentError(
        "Expected one value, or the source's and the target's joined by a comma.",
      );
    return [values[0], values.at(-1)!];
  };
}

export function named(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Expected a name.");
  return text;
}

/** One of several shares: `3/16`. */
export function shard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (of === undefined)
    throw new InvalidArgumentError("Expected a number and how many there are, such as 3/16.");
  return { number: Number(number), of: Number(of) };
}

export function oneOf<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    if (choices.includes(text as T)) return text as T;
    throw new InvalidArgumentError(`Expected one of ${choices.join(", ")}.`);
  };
}

/** Groups joined by commas, whose members are joined by +. */
export function groupsOf(text: string): string[][] {
  if (text === "none") return [];
  const groups = text.split(",").map((group) => group.split("+").map(named));
  const alone = groups.find((group) => group.length === 1);
  if (alone) throw new InvalidArgumentError(`Expected groups such as ${alone[0].trim()}+xx,yy+zz, or none.`);
  return groups;
}

export function listOf<T>(parse: (text: string) => T): (text: string) => T[] {
  return (text) => text.split(",").map(parse);
}

/** Headings of a command's help, in the order in which every help shows them. */
export const GROUPS = {
  input: "Input:",
  encoder: "Encoder:",
  search: "Search:",
  rescore: "Re-scoring:",
  selection: "Selection:",
  training: "Training:",
  rules: "Rules:",
  evaluation: "Evaluation:",
  output: "Output:",
  run: "Run:",
} as const;

/** The options that say how much of a command's progress is shown. */
export function addProgressOptions(command: Command, shown = "errors"): Command {
  return command
    .optionsGroup(GROUPS.run)
    .addOption(new Option("--quiet", `print nothing but ${shown}`).conflicts("verbose"))
    .option("--verbose", "show progress even where standard error is not a terminal");
}

export function addThreadsOption(command: Command): void {
  command
    .optionsGroup(GROUPS.run)
    .option("--threads <n>", "threads of each operation (default: all cores)", positiveNumber);
}

/** The options that tell of vectors where their texts lie, and what they are if another program made them. */
export function addVectorTextOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.input)
    .option(
      "--source-text <file>",
      "where the text of the source's vectors lies, if it has moved or another program made them",
    )
    .option("--target-text <file>", "where the text of the target's vectors lies");
  addForeignOptions(command);
  addVectorField(command);
}

/** The option that gives the vectors of a folder's texts. */
export function addVectorsFolder(command: Command): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--vectors-folder <folder>",
      "of a folder: its texts' vectors in place of an encoder, under their names and .npy, .safetensors, .parquet or .raw",
    );
}

/** The same with what says how they are read. */
export function addVectorsFolderOptions(command: Command): void {
  addVectorsFolder(command);
  addForeignOptions(command);
  addVectorField(command);
}

/** The options that give vectors beside texts. */
export function addVectorsBesideOptions(command: Command, each: string): void {
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--source-vectors <file>",
      `the source's vectors in place of an encoder, a row ${each}: .npy, or another program's`,
    )
    .option("--target-vectors <file>", "the target's vectors");
  addForeignOptions(command);
  addVectorField(command);
}

function addVectorField(command: Command): void {
  command.option(
    "--vector-field <name>",
    "which tensor of .safetensors, or column of .parquet; or two: source,target (default: the only one)",
    (text) => {
      const [source, target] = perSide(named)(text);
      return { source, target };
    },
  );
}

/** The options that say what the vectors of another program are. */
export function addForeignOptions(
  command: Command,
  ofSpace = 'another program\'s vectors: what their space is called (default: "foreign")',
): void {
  command
    .optionsGroup(GROUPS.input)
    .option("--space <name>", ofSpace, named)
    .addOption(
      choice(
        "--vectors <format>",
        "raw: numbers without a header, as LASER writes them; parquet: a column of lists",
        ["raw", "parquet"],
      ),
    )
    .addOption(choice("--vector-type <name>", "how raw numbers are stored (default: float32)", RAW_TYPES));
}

/** The options that leave sentences out by their length. */
export function addLengthOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.input)
    .option("--min-characters <n>", "leave out shorter sentences", positiveNumber)
    .option("--max-characters <n>", "leave out longer sentences", positiveNumber);
}

export function addCentreOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.search)
    .option("--centre", "subtract each side's mean from its vectors (default: as the encoder asks)")
    .option("--no-centre", "do not centre, even if the encoder asks for it");
}

/** What `--k` says, whatever parses it. */
export const K_HELP = "neighbours per sentence that the margin uses (default: 4)";

/** An option that takes one of a few words. */
export function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}
