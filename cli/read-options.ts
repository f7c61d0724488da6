import type { Command } from "commander";
import type { Format, ReadOptions } from "../src/index.js";
import { FORMATS } from "../src/read/format.js";
import { choice, GROUPS, oneOf, type PerSide, perSide, positiveNumber } from "./options.js";

/** How one text is read. */
export type TextFlags = Pick<ReadOptions, "format" | "column" | "idColumn" | "field" | "idField" | "onError">;

/** How both sides are read: one value of each for both, or two. */
export interface ReadFlags {
  format?: PerSide<Format>;
  column?: PerSide<number>;
  idColumn?: PerSide<number>;
  field?: PerSide<string>;
  idField?: PerSide<string>;
  onError?: "stop" | "skip";
}

export const READ_FLAGS = [
  "format",
  "column",
  "idColumn",
  "field",
  "idField",
  "onError",
] as const satisfies (keyof TextFlags & keyof ReadFlags)[];

type Parse<T> = (text: string) => T;

/** The options of a command that reads one text. */
export function addTextOptions(command: Command): void {
  addOptions(command, (parse) => parse, "", "by suffix");
}

/** The options of a command that reads two sides. */
export function addReadOptions(command: Command, defaultFormat = "by suffix"): void {
  addOptions(command, perSide, " ¹", defaultFormat);
  command.addHelpText("after", "\n¹ one value for both sides, or two joined by a comma: source,target");
}

function addOptions(
  command: Command,
  sides: <T>(parse: Parse<T>) => Parse<unknown>,
  note: string,
  defaultFormat: string,
): void {
  command
    .optionsGroup(GROUPS.input)
    .option(
      "--format <name>",
      `${FORMATS.join(", ")} (default: ${defaultFormat})${note}`,
      sides(oneOf(FORMATS)),
    )
    .option("--column <n>", `tsv: column of the text (default: 1)${note}`, sides(positiveNumber))
    .option("--id-column <n>", `tsv: column of the identifier (default: none)${note}`, sides(positiveNumber))
    .option("--field <path>", `json, jsonl, parquet: path to the text (default: text)${note}`, sides(String))
    .option(
      "--id-field <path>",
      `json, jsonl, parquet: path to the identifier (default: id)${note}`,
      sides(String),
    )
    .addOption(
      choice(
        "--on-error <what>",
        "at a line that cannot be read: stop, or skip and count it (default: stop)",
        ["stop", "skip"],
      ),
    );
}

export function textOptionsOf({ format, column, idColumn, field, idField, onError }: TextFlags): ReadOptions {
  return { format, column, idColumn, field, idField, onError };
}

/** @param fields what else of a record goes with its sentence, on both sides */
export function readOptionsOf(
  flags: ReadFlags,
  fields?: readonly string[],
): { read: ReadOptions; readTarget: ReadOptions } {
  const of = (side: 0 | 1): ReadOptions => ({
    format: flags.format?.[side],
    column: flags.column?.[side],
    idColumn: flags.idColumn?.[side],
    field: flags.field?.[side],
    idField: flags.idField?.[side],
    fields,
    onError: flags.onError,
  });
  return { read: of(0), readTarget: of(1) };
}
