import type { Command } from "commander";
import { OptionError } from "../../../src/errors.js";
import type { BuccTask } from "../../../src/index.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { type FindBuccOptions, findBuccTasks } from "../../../src/jobs/evaluate/bucc-tasks.js";
import { MARGINS, RETRIEVALS } from "../../../src/types/pairs.js";
import type { Context } from "../../context.js";
import { decimalNumber, GROUPS, listOf, oneOf } from "../../options.js";
import { addReadOptions, READ_FLAGS, readOptionsOf } from "../../read-options.js";
import { REPORT_FLAGS } from "../../report.js";
import { withoutFlags } from "../../without-flags.js";
import {
  addAgainstOptions,
  addEvaluationOptions,
  addNeighbourhoodOption,
  addReportOptions,
  report,
} from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument(
      "[folder]",
      "mining sets such as de-en.dev.de, de-en.dev.en and de-en.dev.gold, or a folder of each pair (BUCC 2018)",
    )
    .optionsGroup(GROUPS.input)
    .option(
      "--source <file>",
      "one side in place of a folder: id⇥sentence, or with --format anything that mine reads",
    )
    .option("--target <file>", "the other side")
    .option("--gold <file>", "true pairs, id⇥id; line numbers where a text has no identifiers")
    .option("--languages <codes>", "only these languages of a folder", listOf(String))
    .option(
      "--split <name>",
      "which split of a folder, such as training (default: the one with gold pairs; of several test before training)",
    )
    .option("--run <folder>", "measure this run folder in place of an encoder")
    .optionsGroup(GROUPS.selection)
    .option(
      "--margin <names>",
      "one or more of absolute, distance, ratio (default: ratio)",
      listOf(oneOf(MARGINS)),
    )
    .option(
      "--retrieval <names>",
      "one or more of forward, backward, intersection, union, max (default: max)",
      listOf(oneOf(RETRIEVALS)),
    )
    .option("--second-choice", "with max: let a sentence that lost its best candidate take another")
    .option("--threshold <score>", "also give the figures at this threshold", decimalNumber)
    .option(
      "--tune-on <files>",
      "source,target,gold of another split, whose best threshold is applied here",
      listOf(String),
    );
  addNeighbourhoodOption(command);
  addAgainstOptions(command);
  addEvaluationOptions(command);
  addReadOptions(command, "bucc");
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate bucc bucc2018/ --encoder LaBSE --margin ratio,distance\n",
    )
    .action((folder: string | undefined, flags) =>
      report(context, flags, async (listeners) => {
        const { margin: margins, retrieval: retrievals, tuneOn, split, ...rest } = flags;
        const tasks =
          folder === undefined ? [taskOf(flags)] : await tasksOf(folder, { ...flags, ...listeners });
        return evaluateBucc(tasks, {
          ...withoutFlags(rest, "source", "target", "gold", "languages", ...REPORT_FLAGS, ...READ_FLAGS),
          ...listeners,
          ...readOptionsOf(flags),
          margins,
          retrievals,
          tuneOn: tuneOn && splitOf(tuneOn),
        });
      }),
    );
}

type TaskFlags = Partial<BuccTask> & FindBuccOptions & { languages?: string[] };

function tasksOf(
  folder: string,
  { source, target, gold, languages, split, onEvent }: TaskFlags,
): Promise<BuccTask[]> {
  if (source ?? target ?? gold)
    throw new OptionError(`--source, --target and --gold name one task, and ${folder} holds others.`, {
      advice: "Give a folder, or the files of one task.",
    });
  return findBuccTasks(folder, languages, { split, onEvent });
}

function taskOf({ source, target, gold, languages, split }: TaskFlags): BuccTask {
  if (!source || !target || !gold)
    throw new OptionError("Expected a folder of mining sets, or --source, --target and --gold.");
  if (languages)
    throw new OptionError("--languages chooses among the mining sets of a folder.", {
      advice: "Leave it out.",
    });
  if (split !== undefined)
    throw new OptionError("--split chooses among the mining sets of a folder.", { advice: "Leave it out." });
  return { name: source, source, target, gold };
}

function splitOf(files: string[]): BuccTask {
  const [source, target, gold] = files;
  if (files.length === 3) return { name: "tuning", source, target, gold };
  throw new OptionError(`--tune-on has ${files.length} files; expected source,target,gold.`);
}
