import { Command } from "commander";
import { evaluateRetrieval } from "../../../src/index.js";
import type { Context } from "../../context.js";
import { addEvaluationOptions, addReportOptions, report } from "./report.js";

export function retrieval(context: Context): Command {
  const command = new Command("retrieval")
    .description("recall@1, @5, @10 and mean reciprocal rank of each line's translation, by cosine.")
    .argument("<source>", "a sentence a line")
    .argument("<target>", "their translations, line by line");
  addEvaluationOptions(command);
  addReportOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate retrieval flores.deu flores.eng --encoder LaBSE\n",
    )
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) => evaluateRetrieval(source, target, { ...flags, ...listeners })),
    );
}
