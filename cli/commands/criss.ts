import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { CrissOptions, CrissSummary, CrissTexts, Input } from "../../src/index.js";
import { criss } from "../../src/jobs/criss/criss.js";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { addVariantOption } from "../encoder-options.js";
import { addTrainingChoice, addTrainingOptions } from "../loop-options.js";
import { collectFile, collectPair, type NamedFiles, textsOf } from "../loop-texts.js";
import { addProgressOptions, listOf, named, positiveNumber } from "../options.js";
import { Progress, type ProgressOptions } from "../progress.js";
import { addTextOptions, type TextFlags, textOptionsOf } from "../read-options.js";
import { formatRounds } from "../rounds-table.js";

const EXAMPLE = `
Of "run/" afterwards: run/pairs/XX-YY.tsv are the pairs, and --encoder run/ is the encoder, both of the best round; what
each round found, learned and measured is in run/rounds/.

--command runs a program once a round, with three folders after its own arguments: the bitext (XX-YY.tsv, source⇥target,
nothing that is held out), the encoder that the loop started from, and an empty one, where it must leave an encoder of as
many dimensions. CRISSCROSS_ROUND, _SEED, _PROMPT and, with --threads, _THREADS are in its environment.

Examples:
  $ crisscross criss news.de news.en --run run/
  $ crisscross criss --text en=english.txt.gz --text de=german.txt.gz --text sw=swahili.txt.gz --run run/
  $ crisscross criss news.de news.en --encoder models/e5 --command "python3 pipelines/finetune.py --steps 300" --run run/
  $ crisscross criss status run/
`;

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "status",
    summary: "The rounds that a loop has done, and what it is at.",
    load: () => import("./criss/status.js"),
  },
];

export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  command
    .description("The loop: mines texts, trains an encoder on the best pairs, and mines again with that.")
    .argument("[files...]", "two texts, called by their suffixes (news.de); - is standard input")
    .option("--text <language=file>", "a text; once a language", collectFile("de=german.txt"))
    .option("--pair <x=file,y=file>", "two texts; once a pair, each with its own other side", collectPair)
    .option(
      "--pivots <names>",
      "languages that every other is mined with, or all (default: en if there is one, else all)",
      (text: string) => (text === "all" ? text : listOf(named)(text)),
    )
    .option("--run <folder>", "keeps every round, and goes on where it was interrupted; needed")
    .option(
      "--encoder <name>",
      "builtin, ngram, or an encoder's folder or name on the hub to start from (default: builtin)",
    );
  addVariantOption(command);
  command
    .option("--prompt <text>", "text put before every sentence (default: the folder's)")
    .option("--prompt-name <name>", "the same by its name in the folder's configuration, such as query")
    .option("--dimensions <n>", "size of the vectors of ngram (default: 256)", positiveNumber)
    .option("--rounds <n>", "encoders to train, one after the other (default: 3)", positiveNumber)
    .option(
      "--patience <n>",
      "end after so many rounds without a better validation (default: 2)",
      positiveNumber,
    )
    .option("--continue", "texts were added to a finished loop: mine them with its best encoder, and go on")
    .option("--k <n>", "neighbours that make a neighbourhood (default: 4)", positiveNumber);
  addTrainingChoice(command);
  addTrainingOptions(command);
  command
    .option(
      "--gold <x-y=file>",
      "true pairs, line⇥line: figures tell how many were found",
      collectFile("de-en=gold.txt"),
    )
    .option("--evaluate-on <folder>", "the Tatoeba test set: measures every round's encoder by its languages")
    .option("--min-characters <n>", "leave out shorter sentences", positiveNumber)
    .option("--max-characters <n>", "leave out longer sentences", positiveNumber);
  addTextOptions(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((files: string[], flags: CrissFlags) => runCriss(files, flags, context));
  return addCommands(command, SUBCOMMANDS, context, argv);
}

type CrissFlags = Omit<CrissOptions, "read" | "run"> &
  TextFlags &
  ProgressOptions & { text?: NamedFiles; pair?: NamedFiles[]; run?: string };

async function runCriss(
  files: string[],
  { text, pair, ...flags }: CrissFlags,
  context: Context,
): Promise<void> {
  const { stdout, stderr, signal } = context;
  const { run, quiet, verbose } = flags;
  if (run === undefined) throw new OptionError("--run is missing: the loop keeps its rounds in a folder.");
  // Whoever reads the table may stop reading it: the work is in the folder.
  stdout.on("error", () => {});
  const progress = new Progress(stderr, { quiet, verbose });
  let summary: CrissSummary | undefined;
  const rounds = criss(withInput(textsOf(files, text, pair), context), {
    ...flags,
    run,
    read: textOptionsOf(flags),
    signal,
    onEvent: (event) => progress.show(event),
    onSummary: (given) => {
      summary = given;
    },
  });
  try {
    let header = true;
    for await (const round of rounds) {
      progress.clear();
      if (!quiet) stdout.write(formatRounds([round], { header }));
      header = false;
    }
    if (summary) progress.finish(describeLoop(summary, run));
  } finally {
    progress.clear();
  }
}

/** One of the files may be standard input. */
function withInput(texts: NamedFiles | NamedFiles[], { stdin }: Context): CrissTexts {
  let taken = false;
  const open = (name: string): Input => {
    if (name !== "-") return name;
    if (taken) throw new OptionError("Two texts are standard input; give all but one as files.");
    taken = true;
    return stdin;
  };
  const all = (sides: NamedFiles) =>
    Object.fromEntries(Object.entries(sides).map(([name, file]) => [name, open(file)]));
  return Array.isArray(texts) ? texts.map(all) : all(texts);
}

function describeLoop({ rounds, best, stopped, pairs }: CrissSummary, run: string): string {
  const trained = rounds.length - 1;
  const parts = [`${count(trained, "encoder")} trained`];
  if (stopped) parts.push("stopped, as no round got better any more");
  parts.push(
    `round ${best} is the best`,
    `${count(pairs, "pair")} in ${run.replace(/\/$/, "")}/pairs`,
    `--encoder ${run}`,
  );
  return parts.join(" · ");
}
