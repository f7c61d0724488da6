import { type Command, Option } from "commander";
import type { JobEvent, MineSummary, PairFormat, PairOutput, ScoredPair } from "../src/index.js";
import { refuseClashes } from "../src/store/run/refuse-clashes.js";
import { MARGINS, RETRIEVALS } from "../src/types/pairs.js";
import { COLUMNS } from "../src/write/columns.js";
import { guessMinedFormat, PAIR_FORMATS, writePairs } from "../src/write/write-pairs.js";
import { defaultFormat, languagesOf, OUTPUT_HELP } from "./bitext-options.js";
import type { Context } from "./context.js";
import { describeSummary } from "./describe-summary.js";
import { withHistogram } from "./histogram.js";
import { tellOlderPairs } from "./older-pairs.js";
import { addProgressOptions, choice, decimalNumber, GROUPS, listOf, named, scoreOrAuto } from "./options.js";
import { PROGRESS_FLAGS, Progress, type ProgressOptions } from "./progress.js";

/** Where pairs go and what is told of them. */
export interface OutputOptions extends ProgressOptions {
  output?: string;
  outputFormat?: PairFormat;
  columns?: string[];
  languages?: string[];
  header?: boolean;
  /** Below which pairs are left out. */
  threshold?: number | "auto";
}

/** Where the pairs of a job go. */
export interface PairsPlace extends Omit<OutputOptions, "output"> {
  output: PairOutput;
  /** The run folder that is written, too. */
  run?: string;
  /** Files that are read; the output must not replace them. */
  inputs: readonly string[];
  /** The languages that the names of the texts tell. */
  named?: readonly [source: string, target: string];
}

export const OUTPUT_FLAGS = [
  "output",
  "outputFormat",
  "columns",
  "languages",
  "header",
  ...PROGRESS_FLAGS,
] as const;

/** The options that say which candidates become pairs. */
export function addChoiceOptions(command: Command, defaults = { margin: "ratio", retrieval: "max" }): void {
  const [margin, retrieval] = [`(default: ${defaults.margin})`, `(default: ${defaults.retrieval})`];
  command
    .optionsGroup(GROUPS.selection)
    .addOption(
      choice("--margin <name>", `how a cosine is weighed against its neighbourhood ${margin}`, MARGINS),
    )
    .addOption(choice("--retrieval <name>", `which candidates become pairs ${retrieval}`, RETRIEVALS))
    .option("--second-choice", "with max: let a sentence that lost its best candidate take another");
  addThresholdOptions(command);
}

/** The options that say which score is enough. */
export function addThresholdOptions(command: Command): void {
  command
    .option(
      "--threshold <score>",
      "keep only pairs with at least this score; auto: the best one as far as it can be told without gold (default: keep all)",
      scoreOrAuto,
    )
    .addOption(
      new Option(
        "--precision <share>",
        "keep as many pairs as there are while this share of them is estimated to be right",
      )
        .argParser(decimalNumber)
        .conflicts("threshold"),
    );
}

/** @param languages where they come from if they are not given */
export function addOutputOptions(command: Command, languages = ""): void {
  command
    .optionsGroup(GROUPS.output)
    .option("-o, --output <file>", OUTPUT_HELP)
    .addOption(
      choice("--output-format <name>", `format of the pairs ${defaultFormat(".bucc, ")}`, PAIR_FORMATS),
    )
    .option(
      "--languages <source,target>",
      `tmx: codes of the languages, e.g. de,en${languages}`,
      listOf(named),
    )
    .option(
      "--columns <names>",
      `more columns for each pair: ${COLUMNS.join(",")}, or fields of jsonl and columns of tsv, e.g. url`,
      listOf(named),
    )
    .option("--header", "tsv: begin with a line of the columns' names, such as sourceUrl");
  addProgressOptions(command);
}

/** What a job tells while it runs, and at its end. */
export interface JobListeners {
  signal: AbortSignal;
  onEvent(event: JobEvent): void;
  onSummary(summary: MineSummary): void;
}

const WITHOUT_SCORES = "moses has no place for scores: the texts alone are written";

/** Writes the pairs of a job to their output, shows its progress on stderr, and then its summary. */
export async function writeWithProgress(
  options: PairsPlace,
  context: Context,
  start: (listeners: JobListeners) => AsyncIterable<ScoredPair>,
): Promise<void> {
  const { stderr, signal } = context;
  const progress = new Progress(stderr, options);
  let summary: MineSummary | undefined;
  const pairs = start({
    signal,
    onEvent: (event) => progress.show(event),
    onSummary: (given) => {
      summary = given;
    },
  });
  const { output, run, inputs, columns, header, named } = options;
  try {
    const format = options.outputFormat ?? guessMinedFormat(output);
    const languages = languagesOf(options) ?? (format === "tmx" ? named : undefined);
    if (format === "moses") progress.show({ kind: "note", message: WITHOUT_SCORES });
    await refuseClashes([output].flat(), inputs);
    await writePairs(pairs, output, { format, columns, languages, header, signal });
    if (run !== undefined) await tellOlderPairs(run, [output].flat(), (event) => progress.show(event));
    if (summary) progress.finish(withHistogram(describeSummary(summary), summary, options, stderr));
  } finally {
    progress.clear();
  }
}
