import { type Command, InvalidArgumentError } from "commander";
import { TABLE_TYPES } from "../../../src/embed/static/table-tensors.js";
import { OptionError } from "../../../src/errors.js";
import type { TrainOptions, TrainSummary } from "../../../src/index.js";
import { trainStatic } from "../../../src/jobs/train/train-static.js";
import type { Context } from "../../context.js";
import { count } from "../../count.js";
import { Interrupted } from "../../interrupted.js";
import {
  addProgressOptions,
  addThreadsOption,
  choice,
  decimalNumber,
  GROUPS,
  type PerSide,
  positiveNumber,
  wholeNumber,
} from "../../options.js";
import type { ProgressOptions } from "../../progress.js";
import { withProgress } from "../../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross distil intfloat/multilingual-e5-small --variant quantized -o start
  $ crisscross train table --from start --pairs en-de.tsv.xz en-sw.tsv.xz --keep-out dev.de dev.en -o trained
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .optionsGroup(GROUPS.input)
    .requiredOption(
      "--pairs <file...>",
      "source⇥target, a file for each language; compressed, too; - is standard input",
    )
    .option("--columns <n,n>", "columns of source and target (default: the last two)", twoColumns)
    .option("--keep-out <file...>", "sentences never to be trained on, such as test sets")
    .addOption(
      choice("--on-error <what>", "at a line without two texts: stop, or skip and count it (default: stop)", [
        "stop",
        "skip",
      ]),
    )
    .optionsGroup(GROUPS.encoder)
    .option(
      "--from <name>",
      "the static encoder to start from: builtin, random, ngram, a folder as distil makes it, or a name on the hub (default: builtin)",
    )
    .option("--dimensions <n>", "size of a random or ngram table's vectors (default: 256)", positiveNumber)
    .optionsGroup(GROUPS.training)
    .option("--steps <n>", "batches to train on (default: 3000)", positiveNumber)
    .option("--batch <n>", "pairs per batch, all of one file (default: 1024)", positiveNumber)
    .option(
      "--learning-rate <x>",
      "learning rate of row-wise Adagrad, falling linearly to 0 (default: 0.1)",
      decimalNumber,
    )
    .option("--scale <x>", "factor of cosines before the softmax, 1/temperature (default: 20)", decimalNumber)
    .option("--margin <x>", "margin by which a true pair has to win (default: 0)", decimalNumber)
    .option("--max-pieces <n>", "cut texts after this many pieces (default: 64)", positiveNumber)
    .option(
      "--piece-dropout <x>",
      "share of a text's pieces left out at each step (default: 0)",
      decimalNumber,
    )
    .option(
      "--exponent <x>",
      "draw from a file of n pairs in proportion to n^x (default: 0.6)",
      decimalNumber,
    )
    .option("--hard-negatives <n>", "hard negatives added to each batch (default: 0)", wholeNumber)
    .option(
      "--validation <n>",
      "pairs held out of each file, at most a fifth of it and 4096 (default: 256)",
      wholeNumber,
    )
    .option("--validate-every <n>", "steps between two validations (default: 500)", positiveNumber)
    .option(
      "--patience <n>",
      "stop after this many validations without a better one (default: never)",
      positiveNumber,
    )
    .option("--seed <n>", "seed of the order of pairs and of what is held out (default: 0)", wholeNumber)
    .optionsGroup(GROUPS.output)
    .requiredOption("-o, --output <folder>", "the new encoder's folder; must be new or empty")
    .addOption(
      choice(
        "--type <name>",
        "how the table is stored; only crisscross reads int4 (default: float32)",
        TABLE_TYPES,
      ),
    );
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((flags: TableFlags) => trainTable(flags, context));
}

type TableFlags = Omit<TrainOptions, "pairs" | "keepOut"> &
  ProgressOptions & { pairs: string[]; keepOut?: string[]; output: string };

function twoColumns(text: string): PerSide<number> {
  const columns = text.split(",").map(positiveNumber);
  if (columns.length === 2 && columns[0] !== columns[1]) return [columns[0], columns[1]];
  throw new InvalidArgumentError(
    "Expected two different columns joined by a comma: the source's and the target's.",
  );
}

async function trainTable(
  { output, quiet, verbose, pairs, keepOut = [], ...flags }: TableFlags,
  context: Context,
): Promise<void> {
  if ([...pairs, ...keepOut].filter((name) => name === "-").length > 1)
    throw new OptionError("Standard input is given twice.", {
      advice: "Give at least one of them as a file.",
    });
  const open = (name: string) => (name === "-" ? context.stdin : name);
  const options = { ...flags, pairs: pairs.map(open), keepOut: keepOut.map(open) };
  const { interrupted } = await withProgress(
    { quiet, verbose },
    context,
    (listeners) => trainStatic(output, { ...options, ...listeners }),
    (summary) => describeTraining(summary, output),
  );
  if (interrupted)
    throw new Interrupted(`${output} holds the best table so far, and the same command goes on.`);
}

function describeTraining(summary: TrainSummary, output: string): string {
  const { step, steps, accuracy, pairs, keptOut, duplicates, skipped, resumedAt } = summary;
  const parts = [`${output}: ${count(pairs, "pair")}`];
  if (duplicates > 0) parts.push(`${count(duplicates, "duplicate")} left out`);
  if (keptOut > 0) parts.push(`${keptOut} kept out`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (resumedAt > 0) parts.push(`went on at step ${resumedAt}`);
  const measured = Number.isNaN(accuracy)
    ? "nothing was held out"
    : `validation accuracy ${accuracy.toFixed(4)}`;
  parts.push(count(steps, "step"), `kept the table of step ${step}, ${measured}`);
  return parts.join(" · ");
}
