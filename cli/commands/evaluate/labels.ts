import type { Command } from "commander";
import type { LabelsOptions } from "../../../src/index.js";
import { evaluateLabels } from "../../../src/jobs/evaluate/labels.js";
import {
  addBitextOptions,
  BITEXT_FLAGS,
  type BitextFlags,
  bitextInput,
  bitextReadOptions,
} from "../../bitext-options.js";
import type { Context } from "../../context.js";
import { GROUPS, positiveNumber } from "../../options.js";
import type { ProgressOptions } from "../../progress.js";
import type { ReportFlags } from "../../report.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import { addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<bitext>", "scored TSV or JSON lines; - is standard input")
    .optionsGroup(GROUPS.input)
    .option(
      "--label-column <n>",
      "tsv: column of the labels, 1 for a good pair and 0 for a bad one (default: that of answers saved by a report)",
      positiveNumber,
    )
    .option("--label-field <path>", "json, jsonl, parquet: path to the labels");
  addBitextOptions(command);
  addReportOptions(command);
  command
    .optionsGroup(GROUPS.output)
    .option("--confidence", "add a 95 % bootstrap interval")
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross score labelled.tsv | crisscross evaluate labels - --label-column 4 --confidence\n",
    )
    .action((bitext: string, flags: BitextFlags & LabelsOptions & ReportFlags & ProgressOptions) =>
      report(context, flags, (listeners) =>
        evaluateLabels(bitextInput(bitext, undefined, context), {
          ...withoutFlags(flags, ...REPORT_FLAGS, ...BITEXT_FLAGS),
          ...listeners,
          read: bitextReadOptions(flags),
        }),
      ),
    );
}
