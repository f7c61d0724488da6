import type { Command } from "commander";
import { evaluateAlignment } from "../../../src/jobs/evaluate/alignment.js";
import type { Context } from "../../context.js";
import { GROUPS } from "../../options.js";
import type { ProgressOptions } from "../../progress.js";
import type { ReportFlags } from "../../report.js";
import { addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument(
      "<found...>",
      "alignments: [0, 1]:[0] as Vecalign writes them, hunalign's ladder or the TSV of align; a file a document; - is standard input",
    )
    .optionsGroup(GROUPS.input)
    .requiredOption("--gold <files...>", "true alignments, in the same formats and order");
  addReportOptions(command);
  command
    .addHelpText("after", "\nExample:\n  $ crisscross evaluate alignment found.defr --gold dev.defr\n")
    .action((found: string[], flags: { gold: string[] } & ReportFlags & ProgressOptions) => {
      const open = (name: string) => (name === "-" ? context.stdin : name);
      return report(context, flags, (listeners) =>
        evaluateAlignment(found.map(open), { ...listeners, gold: flags.gold.map(open) }),
      );
    });
}
