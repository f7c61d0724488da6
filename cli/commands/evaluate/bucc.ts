import { existsSync } from "node:fs";
import type { Command } from "commander";
import { OptionError } from "../../../src/errors.js";
import type { BuccTask, GoldTask } from "../../../src/index.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { type FindBuccOptions, findBuccTasks } from "../../../src/jobs/evaluate/bucc-tasks.js";
import { MARGINS, RETRIEVALS } from "../../../src/types/pairs.js";
import type { Context } from "../../context.js";
import {
  addVectorsBesideOptions,
  addVectorsFolder,
  decimalNumber,
  GROUPS,
  listOf,
  oneOf,
} from "../../options.js";
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
    .option("--run <folder>", "measure this run folder in place of an encoder; its texts need not be named")
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
      "source,target,gold of another split, whose best threshold is applied here; for a folder the split's name, or another folder",
      listOf(String),
    );
  addNeighbourhoodOption(command);
  addAgainstOptions(command);
  addEvaluationOptions(command);
  addVectorsBesideOptions(command, "a line");
  addVectorsFolder(command);
  addReadOptions(command, "bucc");
  addReportOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate bucc bucc2018/ --encoder sentence-transformers/LaBSE --margin ratio,distance\n",
    )
    .action((folder: string | undefined, flags) =>
      report(context, flags, async (listeners) => {
        const { margin: margins, retrieval: retrievals, tuneOn, split, ...rest } = flags;
        const tasks: readonly GoldTask[] =
          folder === undefined ? [taskOf(flags)] : await tasksOf(folder, { ...flags, ...listeners });
        return evaluateBucc(tasks, {
          ...withoutFlags(rest, "source", "target", "gold", "languages", ...REPORT_FLAGS, ...READ_FLAGS),
          ...listeners,
          ...readOptionsOf(flags),
          margins,
          retrievals,
          tuneOn: tuneOn && (await tuningOf(tuneOn, folder, tasks)),
        });
      }),
    );
}

type TaskFlags = Partial<BuccTask> & FindBuccOptions & { languages?: string[]; run?: string };

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

function taskOf({ source, target, gold, languages, split, run }: TaskFlags): GoldTask {
  if (!gold || !(run || (source && target)))
    throw new OptionError("Expected a folder of mining sets, or --source, --target and --gold.");
  if (languages)
    throw new OptionError("--languages chooses among the mining sets of a folder.", {
      advice: "Leave it out.",
    });
  if (split !== undefined)
    throw new OptionError("--split chooses among the mining sets of a folder.", { advice: "Leave it out." });
  return { name: source ?? run!, source, target, gold };
}

/** The sets whose best thresholds are applied: three files; or of a folder, one for each of its sets. */
async function tuningOf(
  given: string[],
  folder: string | undefined,
  tasks: readonly GoldTask[],
): Promise<BuccTask | BuccTask[]> {
  const [source, target, gold] = given;
  if (given.length === 3) return { name: "tuning", source, target, gold };
  if (given.length > 1 || folder === undefined)
    throw new OptionError(`--tune-on has ${given.length} files; expected source,target,gold.`);
  const names = tasks.map(({ name }) => name);
  const found = await findBuccTasks(folder, names, { split: source }).catch((error) => {
    // A folder's split goes before another folder of that name.
    if (error instanceof OptionError && existsSync(source)) return findBuccTasks(source, names);
    throw error;
  });
  return names.map((name) => {
    // A set is called by both of its languages where its source has several.
    const own = found.find(
      (one) => `${one.name}-`.startsWith(`${name}-`) || `${name}-`.startsWith(`${one.name}-`),
    );
    if (own) return own;
    throw new OptionError(`--tune-on ${source} has no mining set for ${name}.`);
  });
}
