import type { Command } from "commander";
import { OptionError } from "../../../src/errors.js";
import { evaluatePairs } from "../../../src/jobs/evaluate/pairs.js";
import type { Context } from "../../context.js";
import { decimalNumber } from "../../options.js";
import { addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument(
      "<mined...>",
      "score⇥source⇥target or source⇥target; or two files, a pair on each line number (Moses)",
    )
    .requiredOption("--gold <file>", "source⇥target; or id⇥id, with --source and --target")
    .option("--source <file>", "id⇥sentence")
    .option("--target <file>", "id⇥sentence")
    .option("--threshold <score>", "also give F1 at this threshold", decimalNumber);
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate pairs mined.tsv --gold de-en.gold --source de.txt --target en.txt\n",
    )
    .action((mined: string[], flags) => {
      if (mined.length > 2)
        throw new OptionError(`${mined.length} files; expected a TSV file, or two Moses files.`);
      return report(context, flags, () => evaluatePairs(mined, flags));
    });
}
