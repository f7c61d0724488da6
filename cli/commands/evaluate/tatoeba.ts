import type { Command } from "commander";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import type { Context } from "../../context.js";
import { GROUPS, listOf } from "../../options.js";
import {
  addAgainstOptions,
  addEvaluationOptions,
  addMarginOptions,
  addReportOptions,
  report,
} from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<folder>", "folder of tatoeba.XXX-eng.XXX and tatoeba.XXX-eng.eng")
    .optionsGroup(GROUPS.input)
    .option(
      "--languages <codes>",
      "ISO 639-3 codes, one of the lists 14, 36 and CRISS, or all (default: all)",
      listOf(String),
    );
  addMarginOptions(command);
  addAgainstOptions(command);
  addEvaluationOptions(command);
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate tatoeba LASER/data/tatoeba/v1 --languages 36 --encoder LaBSE\n",
    )
    .action((folder: string, flags) =>
      report(context, flags, (listeners) => evaluateTatoeba(folder, { ...flags, ...listeners })),
    );
}
