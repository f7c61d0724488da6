import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import type { SelectRunOptions } from "../../src/index.js";
import { selectRun } from "../../src/jobs/select-run.js";
import { bitextOutput } from "../bitext-options.js";
import type { Context } from "../context.js";
import {
  addChoiceOptions,
  addOutputOptions,
  OUTPUT_FLAGS,
  type OutputOptions,
  writeWithProgress,
} from "../pair-output.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Options that are not given are as the run was mined, except the threshold.

Example:
  $ crisscross select run/ --threshold 1.06 --retrieval intersection -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Chooses pairs again from what mine --run kept, without an encoder or a search.")
    .argument("<run>", "the folder that mine --run made");
  addChoiceOptions(command, { margin: "as mined", retrieval: "as mined" });
  addOutputOptions(command);
  command
    .addHelpText("after", EXAMPLE)
    .action(async (run: string, flags: SelectRunOptions & OutputOptions) => {
      const inputs = await stagesOf(run);
      const output = bitextOutput(flags.output, flags.outputFormat, context);
      await writeWithProgress({ ...flags, output, inputs }, context, ({ signal, onSummary }) =>
        selectRun(run, { ...withoutFlags(flags, ...OUTPUT_FLAGS), signal, onSummary }),
      );
    });
}

/** A run's files except its pairs, which select may write again. */
async function stagesOf(run: string): Promise<string[]> {
  const names = await readdir(run).catch(() => []);
  return names.filter((name) => !name.startsWith("pairs.")).map((name) => join(run, name));
}
