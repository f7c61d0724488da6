import type { Command } from "commander";
import { evaluateRetrieval } from "../../../src/jobs/evaluate/aligned.js";
import type { Context } from "../../context.js";
import { addVectorsBesideOptions } from "../../options.js";
import { addReadOptions, READ_FLAGS, readOptionsOf } from "../../read-options.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import { addEvaluationOptions, addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<source>", "a sentence on each line")
    .argument("<target>", "their translations, line by line");
  addReadOptions(command);
  addEvaluationOptions(command);
  addVectorsBesideOptions(command, "a line");
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate retrieval flores.deu flores.eng --encoder sentence-transformers/LaBSE\n",
    )
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) =>
        evaluateRetrieval(source, target, {
          ...withoutFlags(flags, ...REPORT_FLAGS, ...READ_FLAGS),
          ...readOptionsOf(flags),
          ...listeners,
        }),
      ),
    );
}
