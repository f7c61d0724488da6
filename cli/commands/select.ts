import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { OptionError } from "../../src/errors.js";
import type { SelectRunOptions } from "../../src/index.js";
import { selectAround, selectRun } from "../../src/jobs/select-run.js";
import { bitextOutput } from "../bitext-options.js";
import type { Context } from "../context.js";
import { describeAround } from "../describe-around.js";
import { byteSize, decimalNumber, GROUPS, positiveNumber } from "../options.js";
import {
  addChoiceOptions,
  addOutputOptions,
  OUTPUT_FLAGS,
  type OutputOptions,
  writeWithProgress,
} from "../pair-output.js";
import { print } from "../print.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Options that are not given are as the run was mined, except the threshold.

Examples:
  $ crisscross select run/ --around 1.25 --show 20
  $ crisscross select run/ --threshold 1.25 --retrieval intersection -o pairs.tsv
  $ crisscross select run/ --precision 0.95 -o pairs.tsv
  $ crisscross select run/ --all --header -o candidates.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Chooses pairs again from what mine --run kept, without an encoder or a search.")
    .argument("<run>", "the folder that mine --run made");
  addChoiceOptions(command, { margin: "as mined", retrieval: "as mined" });
  addOutputOptions(command);
  command
    .optionsGroup(GROUPS.selection)
    .addOption(
      new Option(
        "--around <score>",
        "show the pairs next to this score, on both sides, to judge it as a threshold",
      )
        .argParser(decimalNumber)
        .conflicts([
          "threshold",
          "precision",
          "output",
          "outputFormat",
          "columns",
          "languages",
          "header",
          "memory",
          "all",
        ]),
    )
    .addOption(
      new Option(
        "--all",
        "every candidate with its cosine and ranks, to choose among them by rules of your own",
      ).conflicts(["retrieval", "secondChoice"]),
    )
    .option(
      "--memory <size>",
      "how much to hold for choosing; the rest goes to temporary files (default: 64M)",
      byteSize,
    )
    .option("--show <n>", "with --around: how many (default: 20)", positiveNumber)
    .addHelpText("after", EXAMPLE)
    .action(async (run: string, { all, ...given }: SelectFlags) => {
      const { around, show, ...flags } = all ? { ...given, ...everyCandidate(given) } : given;
      if (around !== undefined) return showAround(run, { around, show, ...flags }, context);
      if (show !== undefined)
        throw new OptionError("--show says how many pairs --around shows, which is not given.", {
          advice: "Give both, or leave it out.",
        });
      const inputs = await stagesOf(run);
      const output = bitextOutput(flags.output, flags.outputFormat, context);
      await writeWithProgress({ ...flags, output, inputs }, context, ({ signal, onSummary }) =>
        selectRun(run, { ...withoutFlags(flags, ...OUTPUT_FLAGS), signal, onSummary }),
      );
    });
}

type SelectFlags = SelectRunOptions & OutputOptions & { around?: number; show?: number; all?: true };

/** What `--all` stands for. */
function everyCandidate({ columns = ["cosine", "rank"] }: SelectFlags): Partial<SelectFlags> {
  // What the run was mined with may be no choice among all.
  return { retrieval: "all", secondChoice: false, columns };
}

async function showAround(
  run: string,
  { around, show, margin, retrieval, secondChoice }: SelectFlags & { around: number },
  context: Context,
): Promise<void> {
  await print(
    describeAround(await selectAround(run, around, { margin, retrieval, secondChoice, show }), around),
    context,
  );
}

/** A run's files except its pairs, which select may write again. */
async function stagesOf(run: string): Promise<string[]> {
  const names = await readdir(run).catch(() => []);
  return names.filter((name) => !name.startsWith("pairs.")).map((name) => join(run, name));
}
