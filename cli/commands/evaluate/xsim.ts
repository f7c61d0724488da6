import { Command } from "commander";
import { evaluateXsim } from "../../../src/index.js";
import type { Context } from "../../context.js";
import { addEvaluationOptions, addMarginOptions, addReportOptions, report } from "./report.js";

export function xsim(context: Context): Command {
  const command = new Command("xsim")
    .description("Error rate of finding each line's translation by margin (LASER's xsim).")
    .argument("<source>", "a sentence a line")
    .argument("<target>", "their translations, line by line");
  addMarginOptions(command);
  addEvaluationOptions(command);
  addReportOptions(command);
  return command
    .addHelpText("after", "\nExample:\n  $ crisscross evaluate xsim flores.deu flores.eng --encoder LaBSE\n")
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) => evaluateXsim(source, target, { ...flags, ...listeners })),
    );
}
