import type { Command } from "commander";
import { GROUPS, listOf } from "./options.js";

/** Which texts of a folder that names them by language are compared. */
export function addFolderOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.input)
    .option(
      "--languages <codes>",
      "of a folder: codes, one of the lists 14, 36 and CRISS, or all (default: all)",
      listOf(String),
    )
    .option("--pivot <code>", "of a folder: the language that each is compared with (default: English)")
    .option("--all-pairs", "of a folder: compare each language with each other")
    .option(
      "--split <name>",
      "of a folder that has several: which, such as dev (default: the first of test, devtest, dev, train)",
    );
}
