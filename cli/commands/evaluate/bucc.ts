import type { Command } from "commander";
import { OptionError } from "../../../src/errors.js";
import type { BuccTask } from "../../../src/index.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { findBuccTasks } from "../../../src/jobs/evaluate/bucc-tasks.js";
import { MARGINS, RETRIEVALS } from "../../../src/types.js";
import type { Context } from "../../context.js";
import { decimalNumber, listOf, oneOf } from "../../options.js";
import { addReadOptions, readOptionsOf } from "../../read-options.js";
import {
  addAgainstOptions,
  addEvaluationOptions,
  addNeighbourhoodOption,
  addReportOptions,
  report,
} from "./report.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("[folder]", "mining sets such as de-en.dev.de, de-en.dev.en and de-en.dev.gold")
    .option("--source <file>", "id⇥sentence; with --format, anything that mine reads")
    .option("--target <file>", "the other side")
    .option("--gold <file>", "id⇥id; line numbers, where a text has no identifiers")
    .option("--languages <codes>", "of a folder, only these", listOf(String))
    .option(
      "--margin <names>",
      "one or several of absolute, distance, ratio (default: ratio)",
      listOf(oneOf(MARGINS)),
    )
    .option("--retrieval <names>", "one or several (default: max)", listOf(oneOf(RETRIEVALS)))
    .option("--second-choice", "with max: a sentence that lost its best candidate may get another")
    .option("--threshold <score>", "also give the figures at this threshold", decimalNumber)
    .option(
      "--tune-on <files>",
      "source,target,gold of another split: also give the figures at its best threshold",
      listOf(String),
    )
    .option("--run <folder>", "a run folder in place of an encoder");
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
        const { margin: margins, retrieval: retrievals, tuneOn, ...rest } = flags;
        const tasks = folder === undefined ? [taskOf(flags)] : await tasksOf(folder, flags);
        return evaluateBucc(tasks, {
          ...rest,
          ...listeners,
          ...readOptionsOf(flags),
          margins,
          retrievals,
          tuneOn: tuneOn && splitOf(tuneOn),
        });
      }),
    );
}

type TaskFlags = Partial<BuccTask> & { languages?: string[] };

function tasksOf(folder: string, { source, target, gold, languages }: TaskFlags): Promise<BuccTask[]> {
  if (source ?? target ?? gold)
    throw new OptionError(
      `--source, --target and --gold name one task in place of a folder; ${folder} has its own. Give one of both.`,
    );
  return findBuccTasks(folder, languages);
}

function taskOf({ source, target, gold, languages }: TaskFlags): BuccTask {
  if (!source || !target || !gold)
    throw new OptionError("Give a folder of mining sets, or --source, --target and --gold.");
  if (languages)
    throw new OptionError("--languages chooses among the mining sets of a folder. Leave it out.");
  return { name: source, source, target, gold };
}

function splitOf(files: string[]): BuccTask {
  const [source, target, gold] = files;
  if (files.length === 3) return { name: "tuning", source, target, gold };
  throw new OptionError(`--tune-on has ${files.length} files; expected source,target,gold.`);
}
