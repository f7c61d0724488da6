import type { Command } from "commander";
import { FORMATS, type Format, type ReadOptions } from "../src/index.js";
import { choice, oneOf, type PerSide, perSide, positiveNumber } from "./options.js";

/** How both sides are read: one value of each for both, or two. */
export interface ReadFlags {
  format?: PerSide<Format>;
  column?: PerSide<number>;
  idColumn?: PerSide<number>;
  field?: PerSide<string>;
  idField?: PerSide<string>;
  onError?: "stop" | "skip";
}

export function addReadOptions(command: Command): void {
  command
    .option("--format <name>", `${FORMATS.join(", ")} (default: by suffix) ¹`, perSide(oneOf(FORMATS)))
    .option("--column <n>", "tsv: the text's column (default: 1) ¹", perSide(positiveNumber))
    .option("--id-column <n>", "tsv: the identifier's column ¹", perSide(positiveNumber))
    .option("--field <path>", "json, jsonl: path to the text (default: text) ¹", perSide(String))
    .option("--id-field <path>", "json, jsonl: path to the identifier (default: id) ¹", perSide(String))
    .addOption(
      choice("--on-error <what>", "a broken line ends the run, or is counted (default: stop)", [
        "stop",
        "skip",
      ]),
    )
    .addHelpText("after", "\n¹ one value for both sides, or two joined by a comma: source,target");
}

export function readOptionsOf(flags: ReadFlags): { read: ReadOptions; readTarget: ReadOptions } {
  const of = (side: 0 | 1): ReadOptions => ({
    format: flags.format?.[side],
    column: flags.column?.[side],
    idColumn: flags.idColumn?.[side],
    field: flags.field?.[side],
    idField: flags.idField?.[side],
    onError: flags.onError,
  });
  return { read: of(0), readTarget: of(1) };
}
