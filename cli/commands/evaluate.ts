import { Command } from "commander";
import {
  type BuccTask,
  evaluateBucc,
  evaluatePairs,
  evaluateRetrieval,
  evaluateSearch,
  evaluateTatoeba,
  evaluateXsim,
  findBuccTasks,
  INDEXES,
  MARGINS,
  OptionError,
  RETRIEVALS,
  type Report,
} from "../../src/index.js";
import type { Context } from "../context.js";
import { choice, decimalNumber, listOf, oneOf, positiveNumber } from "../options.js";
import { Progress, type ProgressOptions } from "../progress.js";
import { printReport, type ReportFlags } from "../report.js";

type Flags = ReportFlags & ProgressOptions;

/** How good an encoder, a mined bitext or a search is; one subcommand a metric. */
export function evaluateCommand(context: Context): Command {
  const command = new Command("evaluate").description(
    "Tells how good an encoder, a mined bitext or a search is.",
  );
  for (const subcommand of [bucc, tatoeba, xsim, retrieval, pairs, search])
    command.addCommand(subcommand(context));
  return command;
}

function bucc(context: Context): Command {
  const command = new Command("bucc")
    .description(
      "Precision, recall and F1 of mined id pairs against gold pairs, as the BUCC shared task counts them.",
    )
    .argument("[folder]", "mining sets such as de-en.dev.de, de-en.dev.en and de-en.dev.gold")
    .option("--source <file>", "id⇥sentence, or another format with identifiers")
    .option("--target <file>", "the other side")
    .option("--gold <file>", "id⇥id")
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
    .option("--run <folder>", "a run folder in place of an encoder")
    .option("--against <name>", "another encoder: the gain in F1 over it, with a paired bootstrap interval");
  addEncoderOptions(command);
  addReportOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate bucc bucc2018/ --encoder LaBSE --margin ratio,distance\n",
    )
    .action((folder: string | undefined, flags) =>
      report(context, flags, async (listeners) => {
        const { margin: margins, retrieval: retrievals, tuneOn, ...rest } = flags;
        const tasks = folder ? await findBuccTasks(folder, flags.languages) : [taskOf(flags)];
        return evaluateBucc(tasks, {
          ...rest,
          ...listeners,
          margins,
          retrievals,
          tuneOn: tuneOn && splitOf(tuneOn),
        });
      }),
    );
}

function taskOf({ source, target, gold }: Partial<BuccTask>): BuccTask {
  if (source && target && gold) return { name: source, source, target, gold };
  throw new OptionError("Give a folder of mining sets, or --source, --target and --gold.");
}

function splitOf(files: string[]): BuccTask {
  const [source, target, gold] = files;
  if (files.length === 3) return { name: "tuning", source, target, gold };
  throw new OptionError(`--tune-on has ${files.length} files; expected source,target,gold.`);
}

function tatoeba(context: Context): Command {
  const command = new Command("tatoeba")
    .description(
      "Closed-set accuracy on the Tatoeba test set, each direction, by cosine and by margin, and xsim.",
    )
    .argument("<folder>", "tatoeba.XXX-eng.XXX and tatoeba.XXX-eng.eng")
    .option(
      "--languages <codes>",
      "ISO 639-3 codes, the lists 14, 36, CRISS, or all (default: all)",
      listOf(String),
    );
  addMarginOptions(command);
  addEncoderOptions(command);
  addReportOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate tatoeba LASER/data/tatoeba/v1 --languages 36 --encoder LaBSE\n",
    )
    .action((folder: string, flags) =>
      report(context, flags, (listeners) => evaluateTatoeba(folder, { ...flags, ...listeners })),
    );
}

function xsim(context: Context): Command {
  const command = new Command("xsim")
    .description("Error rate of finding each line's translation by margin (LASER's xsim).")
    .argument("<source>", "a sentence a line")
    .argument("<target>", "their translations, line by line");
  addMarginOptions(command);
  addEncoderOptions(command);
  addReportOptions(command);
  return command
    .addHelpText("after", "\nExample:\n  $ crisscross evaluate xsim flores.deu flores.eng --encoder LaBSE\n")
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) => evaluateXsim(source, target, { ...flags, ...listeners })),
    );
}

function retrieval(context: Context): Command {
  const command = new Command("retrieval")
    .description("recall@1, @5, @10 and mean reciprocal rank of each line's translation, by cosine.")
    .argument("<source>", "a sentence a line")
    .argument("<target>", "their translations, line by line");
  addEncoderOptions(command);
  addReportOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate retrieval flores.deu flores.eng --encoder LaBSE\n",
    )
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) => evaluateRetrieval(source, target, { ...flags, ...listeners })),
    );
}

function pairs(context: Context): Command {
  const command = new Command("pairs")
    .description("Precision, recall and F1 of a bitext that somebody mined.")
    .argument(
      "<mined...>",
      "score⇥source⇥target or source⇥target; or two files, a pair on each line number (Moses)",
    )
    .requiredOption("--gold <file>", "source⇥target; or id⇥id, with --source and --target")
    .option("--source <file>", "id⇥sentence")
    .option("--target <file>", "id⇥sentence")
    .option("--threshold <score>", "also give F1 at this threshold", decimalNumber);
  addReportOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate pairs mined.tsv --gold de-en.gold --source de.txt --target en.txt\n",
    )
    .action((mined: string[], flags) => {
      if (mined.length > 2)
        throw new OptionError(`${mined.length} files; expected a TSV file, or two Moses files.`);
      return report(context, flags, () => evaluatePairs(mined, flags));
    });
}

function search(context: Context): Command {
  const command = new Command("search")
    .description("How many of the true neighbours an index finds, with time and memory, beside exact search.")
    .argument("<source>", "vectors (.npy) that embed made; these are looked up")
    .argument("<target>", "vectors among which they are looked up")
    .addOption(choice("--index <name>", "(default: hnsw)", INDEXES))
    .option("--search-effort <n>", "hnsw: nodes looked at for each sentence (default: 192)", positiveNumber)
    .option("--k <n>", "neighbours (default: 4)", positiveNumber)
    .option("--queries <n>", "rows that are looked up, drawn evenly (default: 10000)", positiveNumber)
    .option("--threads <n>", "threads of one operation (default: all)", positiveNumber);
  addReportOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExample:\n  $ crisscross evaluate search de.npy en.npy --index hnsw --search-effort 64\n",
    )
    .action((source: string, target: string, flags) =>
      report(context, flags, (listeners) => evaluateSearch(source, target, { ...flags, ...listeners })),
    );
}

function addMarginOptions(command: Command): void {
  command.addOption(
    choice("--margin <name>", "how a cosine is set against its neighbourhood (default: ratio)", MARGINS),
  );
}

function addEncoderOptions(command: Command): void {
  command
    .option("--encoder <name>", "ngram, or a folder in Hugging Face layout (default: ngram)")
    .option(
      "--variant <name>",
      "which model file of the folder, such as quantized or q4 (default: model.onnx)",
    )
    .option("--cache <folder>", "remember vectors there, so that a sentence is encoded once")
    .option("--centre", "subtract each side's mean from its vectors")
    .option("--k <n>", "neighbours that make a neighbourhood (default: 4)", positiveNumber)
    .option("--confidence", "add 95 % bootstrap intervals")
    .option("--threads <n>", "threads of one operation (default: all)", positiveNumber);
}

function addReportOptions(command: Command): void {
  command
    .option("--json", "for programs")
    .option("--markdown", "for papers")
    .option("--quiet", "print nothing but the report and errors")
    .option("--verbose", "show progress off a terminal, too");
}

interface Listeners {
  signal: AbortSignal;
  onEvent: Progress["show"];
}

/** Runs an evaluation with its progress on stderr, and prints what it found. */
async function report(
  { stdout, stderr, signal }: Context,
  flags: Flags,
  evaluate: (listeners: Listeners) => Promise<Report>,
): Promise<void> {
  const progress = new Progress(stderr, flags);
  try {
    const found = await evaluate({ signal, onEvent: (event) => progress.show(event) });
    progress.clear();
    printReport(found, flags, stdout);
  } finally {
    progress.clear();
  }
}
