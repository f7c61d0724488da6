import { Command } from "commander";
import { type SelectRunOptions, selectRun } from "../../src/index.js";
import type { Context } from "../context.js";
import { addChoiceOptions, addOutputOptions, type OutputOptions, writeWithProgress } from "../pair-output.js";

const EXAMPLE = `
What is not given is as the run was mined, but for the threshold.

Example:
  $ crisscross select run/ --threshold 1.06 --retrieval intersection -o pairs.tsv
`;

export function selectCommand(context: Context): Command {
  const command = new Command("select")
    .summary("pairs from a run folder, at another threshold, margin or retrieval")
    .description("Chooses pairs again from what mine --run kept: no encoder, no search.")
    .argument("<run>", "the folder that mine --run made");
  addChoiceOptions(command);
  addOutputOptions(command);
  return command
    .addHelpText("after", EXAMPLE)
    .action((run: string, flags: SelectRunOptions & OutputOptions) =>
      writeWithProgress(flags, context, (listeners) => selectRun(run, { ...flags, ...listeners })),
    );
}
