import type { Command } from "commander";
import { OptionError } from "../../../src/errors.js";
import type { PairsOptions } from "../../../src/index.js";
import { evaluatePairs } from "../../../src/jobs/evaluate/pairs.js";
import {
  addBitextOptions,
  addLanguagesOption,
  BITEXT_FLAGS,
  type BitextFlags,
  bitextInput,
  bitextReadOptions,
} from "../../bitext-options.js";
import type { Context } from "../../context.js";
import { decimalNumber, GROUPS } from "../../options.js";
import type { ProgressOptions } from "../../progress.js";
import type { ReportFlags } from "../../report.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import { addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument(
      "<mined...>",
      "score⇥source⇥target or source⇥target, CSV, JSON, TMX, XLIFF or Parquet; or two files, a pair on each line number (Moses); - is standard input",
    )
    .optionsGroup(GROUPS.input)
    .requiredOption("--gold <file>", "true pairs: source⇥target, or id⇥id with --source and --target")
    .option("--source <file>", "the source's sentences, id⇥sentence")
    .option("--target <file>", "the target's sentences, id⇥sentence")
    .optionsGroup(GROUPS.selection)
    .option("--threshold <score>", "also give F1 at this threshold", decimalNumber);
  addBitextOptions(command);
  addLanguagesOption(command);
  addReportOptions(command);
  command
    .optionsGroup(GROUPS.output)
    .option("--confidence", "add 95 % bootstrap intervals")
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate pairs mined.tsv --gold de-en.gold --source de.txt --target en.txt\n",
    )
    .action((mined: string[], flags: BitextFlags & PairsOptions & ReportFlags & ProgressOptions) => {
      if (mined.length > 2)
        throw new OptionError(`Expected a TSV file or two Moses files, found ${mined.length} files.`);
      return report(context, flags, (listeners) =>
        evaluatePairs(bitextInput(mined[0], mined[1], context), {
          ...withoutFlags(flags, ...REPORT_FLAGS, ...BITEXT_FLAGS),
          ...listeners,
          read: bitextReadOptions(flags),
        }),
      );
    });
}
