import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { CrissOptions, CrissSummary, CrissTexts, Input } from "../../src/index.js";
import { criss } from "../../src/jobs/criss/criss.js";
import { addCommands, type CommandEntry } from "../add-commands.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { addDeviceOption, addVariantOption } from "../encoder-options.js";
import { addTrainingChoice, addTrainingOptions } from "../loop-options.js";
import { collectFile, collectPair, type NamedFiles, textsOf } from "../loop-texts.js";
import {
  addLengthOptions,
  addProgressOptions,
  addThreadsOption,
  byteSize,
  GROUPS,
  K_HELP,
  listOf,
  named,
  positiveNumber,
} from "../options.js";
import { print } from "../print.js";
import { PROGRESS_FLAGS, Progress, type ProgressOptions } from "../progress.js";
import { addTextOptions, READ_FLAGS, type TextFlags, textOptionsOf } from "../read-options.js";
import { formatRounds } from "../rounds-table.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
With --run run/, run/pairs/XX-YY.tsv has the pairs of the best round, and --encoder run/ takes its encoder. What each round
found, learned and measured is in run/rounds/.

--command runs a program in each round, with three folders after its own arguments: the bitext (XX-YY.tsv, source⇥target,
without held-out pairs), the encoder that the loop started from, and an empty folder, where it has to leave an encoder of
the same size. CRISSCROSS_ROUND, _SEED, _PROMPT, _UNFINISHED (a file that it can go on with after a kill), after the first
round _BEFORE (the encoder that it left there) and, with --threads, _THREADS are in its environment.

Examples:
  $ crisscross criss news.de news.en --run run/
  $ crisscross criss --text en=english.txt.gz --text de=german.txt.gz --text sw=swahili.txt.gz --run run/
  $ crisscross criss news.de news.en --encoder models/e5 --command "python3 pipelines/finetune.py --steps 300" --run run/
  $ crisscross criss status run/
`;

const SUBCOMMANDS: readonly CommandEntry[] = [
  {
    name: "status",
    summary: "show the rounds that a loop has done, and what it is doing",
    load: () => import("./criss/status.js"),
  },
];

export function defineCommand(command: Command, context: Context, argv: readonly string[]): Promise<void> {
  command
    .description(
      "Mines texts, trains an encoder on the best pairs, and mines again with it: the loop of CRISS.",
    )
    .argument("[files...]", "two texts, named by their suffixes (news.de); - is standard input")
    .optionsGroup(GROUPS.input)
    .option("--text <language=file>", "a text; repeat for each language", collectFile("de=german.txt"))
    .option("--pair <x=file,y=file>", "two texts to mine together; repeat for each pair", collectPair)
    .option(
      "--pivots <names>",
      "languages that all others are mined with, or all (default: en if there is one, else all)",
      (text: string) => (text === "all" ? text : listOf(named)(text)),
    )
    .option(
      "--continue",
      "texts were added to a finished loop: mine them with its best encoder, and train on",
    );
  addTextOptions(command);
  addLengthOptions(command);
  command
    .optionsGroup(GROUPS.encoder)
    .option(
      "--encoder <name>",
      "the encoder to start from: builtin, ngram, a folder, or a name on the hub (default: builtin)",
    );
  command.option(
    "--first-round-encoder <name>",
    "what mines the first round, if the encoder finds too few pairs before it is trained: as for --encoder, whose --variant and --prompt are not its own (default: the encoder)",
  );
  addVariantOption(command);
  addDeviceOption(command);
  command
    .option("--prompt <text>", "text put before every sentence (default: the folder's, or its card's)")
    .option("--prompt-name <name>", "use the folder's prompt of this name, e.g. query")
    .option("--dimensions <n>", "size of ngram's vectors (default: 256)", positiveNumber)
    .optionsGroup(GROUPS.search)
    .option("--k <n>", K_HELP, positiveNumber)
    .option("--memory <size>", "memory limit for the search of two languages, e.g. 4G", byteSize);
  addTrainingChoice(command);
  addTrainingOptions(command);
  command
    .option("--rounds <n>", "encoders to train at most, one after another (default: 16)", positiveNumber)
    .option(
      "--patience <n>",
      "stop after this many rounds that are worse than the best (default: 2)",
      positiveNumber,
    )
    .option(
      "--seed-pairs <x-y=file>",
      "table: translations that you have, sentences or words, to train on in every round",
      collectFile("bam-en=few.tsv"),
    )
    .optionsGroup(GROUPS.evaluation)
    .option(
      "--gold <x-y=file>",
      "true pairs, line⇥line, to report how many of them were found",
      collectFile("de-en=gold.txt"),
    )
    .option(
      "--evaluate-on <folder>",
      "folder of the Tatoeba test set, to measure each round's encoder on the loop's languages",
    )
    .optionsGroup(GROUPS.run)
    .option("--run <folder>", "required: keep every round there, and go on where a loop was interrupted");
  addThreadsOption(command);
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
  const { stderr, signal } = context;
  const { run, quiet, verbose } = flags;
  if (run === undefined)
    throw new OptionError("--run is missing; expected the folder in which the loop keeps its rounds.");
  const progress = new Progress(stderr, { quiet, verbose });
  let summary: CrissSummary | undefined;
  const rounds = criss(withInput(textsOf(files, text, pair), context), {
    ...withoutFlags(flags, "run", ...PROGRESS_FLAGS, ...READ_FLAGS),
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
    let unprinted: unknown;
    for await (const round of rounds) {
      progress.clear();
      if (!quiet && unprinted === undefined)
        // What cannot be printed does not end the loop: its result is in the folder.
        await print(formatRounds([round], { header }), context).catch((error) => {
          unprinted = error;
        });
      header = false;
    }
    if (summary) progress.finish(describeLoop(summary, run));
    if (unprinted !== undefined) throw unprinted;
  } finally {
    progress.clear();
  }
}

/** One of the files may be standard input. */
function withInput(texts: NamedFiles | NamedFiles[], { stdin }: Context): CrissTexts {
  let taken = false;
  const open = (name: string): Input => {
    if (name !== "-") return name;
    if (taken)
      throw new OptionError("Two texts are standard input.", { advice: "Give all but one as files." });
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
  if (stopped) parts.push("stopped, since no further round was better");
  parts.push(
    `round ${best} is the best`,
    `${count(pairs, "pair")} in ${run.replace(/\/$/, "")}/pairs`,
    `--encoder ${run}`,
  );
  return parts.join(" · ");
}
