import type { Command } from "commander";
import { evaluateSearch } from "../../../src/jobs/evaluate/search.js";
import type { Context } from "../../context.js";
import { addIndexOptions } from "../../index-options.js";
import { addThreadsOption, GROUPS, positiveNumber } from "../../options.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import { addReportOptions, report } from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<source>", "vectors (.npy) that embed made, whose neighbours are looked up")
    .argument("<target>", "vectors (.npy) among which they are looked up")
    .optionsGroup(GROUPS.search)
    .option("--k <n>", "neighbours per row (default: 4)", positiveNumber)
    .option("--queries <n>", "rows to look up, drawn evenly (default: 10000)", positiveNumber);
  addIndexOptions(command, "hnsw");
  addReportOptions(command);
  addThreadsOption(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate search de.npy en.npy --index hnsw --search-effort 64\n",
    )
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) =>
        evaluateSearch(source, target, { ...withoutFlags(flags, ...REPORT_FLAGS), ...listeners }),
      ),
    );
}
