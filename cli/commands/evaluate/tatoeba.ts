import type { Command } from "commander";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import type { Context } from "../../context.js";
import { addFolderOptions } from "../../folder-options.js";
import { addVectorsFolderOptions } from "../../options.js";
import { addReadOptions, READ_FLAGS, readOptionsOf } from "../../read-options.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import {
  addAgainstOptions,
  addEvaluationOptions,
  addMarginOptions,
  addReportOptions,
  report,
} from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command.argument(
    "<folder>",
    "folder of tatoeba.XXX-eng.XXX and tatoeba.XXX-eng.eng, or of any texts named by language",
  );
  addFolderOptions(command);
  addReadOptions(command);
  addMarginOptions(command);
  addAgainstOptions(command);
  addEvaluationOptions(command);
  addVectorsFolderOptions(command);
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate tatoeba LASER/data/tatoeba/v1 --languages 36 --encoder sentence-transformers/LaBSE\n",
    )
    .action((folder: string, flags) =>
      report(context, flags, (listeners) =>
        evaluateTatoeba(folder, {
          ...withoutFlags(flags, ...REPORT_FLAGS, ...READ_FLAGS),
          ...readOptionsOf(flags),
          ...listeners,
        }),
      ),
    );
}
