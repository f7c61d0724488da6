import type { Command } from "commander";
import { evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import type { Context } from "../../context.js";
import { addEvaluationOptions, addMarginOptions, addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<source>", "a sentence on each line")
    .argument("<target>", "their translations, line by line");
  addMarginOptions(command);
  addEvaluationOptions(command);
  addReportOptions(command);
  command
    .addHelpText("after", "\nExample:\n  $ crisscross evaluate xsim flores.deu flores.eng --encoder LaBSE\n")
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) => evaluateXsim(source, target, { ...flags, ...listeners })),
    );
}
