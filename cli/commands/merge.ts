import type { Command } from "commander";
import type { MergeShardsOptions, MergeSummary } from "../../src/index.js";
import { mergeShards } from "../../src/jobs/shards/merge-shards.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { addProgressOptions, GROUPS } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross merge shards/* -o run/ && crisscross select run/ --threshold 1.25 -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Merges the neighbours that all shards of a search found into a run folder, for select.")
    .argument("<shards...>", "the folders that search made, of all shards, in any order")
    .optionsGroup(GROUPS.input)
    .option("--source <file>", "the source's text, if it is no longer where it was")
    .option("--target <file>", "the target's text, if it is no longer where it was")
    .optionsGroup(GROUPS.output)
    .requiredOption("-o, --output <folder>", "the run folder: a new one, or one to go on with");
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((shards: string[], flags: MergeFlags) => runMerge(shards, flags, context));
}

type MergeFlags = MergeShardsOptions & ProgressOptions & { output: string };

async function runMerge(
  shards: string[],
  { output, quiet, verbose, ...options }: MergeFlags,
  context: Context,
): Promise<void> {
  await withProgress(
    { quiet, verbose },
    context,
    (listeners) => mergeShards(shards, output, { ...options, ...listeners }),
    (summary) => describeMerged(summary, output),
  );
}

function describeMerged({ shards, candidates }: MergeSummary, output: string): string {
  return `${output}: ${count(shards, "shard")} · ${count(candidates, "candidate")}`;
}
