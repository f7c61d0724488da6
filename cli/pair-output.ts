import type { Command } from "commander";
import type { JobEvent, MineSummary, PairFormat, ScoredPair } from "../src/index.js";
import { refuseInputs } from "../src/store/files/output-path.js";
import { MARGINS, RETRIEVALS } from "../src/types/pairs.js";
import { COLUMNS } from "../src/write/columns.js";
import { PAIR_FORMATS, writePairs } from "../src/write/write-pairs.js";
import type { Context } from "./context.js";
import { describeSummary } from "./describe-summary.js";
import { addProgressOptions, choice, decimalNumber, GROUPS, listOf, named } from "./options.js";
import { PROGRESS_FLAGS, Progress, type ProgressOptions } from "./progress.js";

/** Where pairs go and what is told of them. */
export interface OutputOptions extends ProgressOptions {
  output?: string;
  outputFormat?: PairFormat;
  columns?: string[];
  /** Files that are read; the output must not replace them. */
  inputs?: readonly string[];
}

export const OUTPUT_FLAGS = ["output", "outputFormat", "columns", ...PROGRESS_FLAGS] as const;

/** The options that say which candidates become pairs. */
export function addChoiceOptions(command: Command, defaults = { margin: "ratio", retrieval: "max" }): void {
  const [margin, retrieval] = [`(default: ${defaults.margin})`, `(default: ${defaults.retrieval})`];
  command
    .optionsGroup(GROUPS.selection)
    .addOption(
      choice("--margin <name>", `how a cosine is weighed against its neighbourhood ${margin}`, MARGINS),
    )
    .addOption(choice("--retrieval <name>", `which candidates become pairs ${retrieval}`, RETRIEVALS))
    .option("--second-choice", "with max: let a sentence that lost its best candidate take another")
    .option(
      "--threshold <score>",
      "keep only pairs with at least this score (default: keep all)",
      decimalNumber,
    );
}

export function addOutputOptions(command: Command): void {
  command
    .optionsGroup(GROUPS.output)
    .option("-o, --output <file>", "write to this file; .gz and .zst compress (default: -, standard output)")
    .addOption(
      choice(
        "--output-format <name>",
        "format of the pairs (default: jsonl for .jsonl, else tsv)",
        PAIR_FORMATS,
      ),
    )
    .option(
      "--columns <names>",
      `more columns for each pair: ${COLUMNS.join(",")}, or fields of jsonl and columns of tsv, e.g. url`,
      listOf(named),
    );
  addProgressOptions(command);
}

/** What a job tells while it runs, and at its end. */
export interface JobListeners {
  signal: AbortSignal;
  onEvent(event: JobEvent): void;
  onSummary(summary: MineSummary): void;
}

/** Writes the pairs of a job to their output, shows its progress on stderr, and then its summary. */
export async function writeWithProgress(
  options: OutputOptions,
  { stdout, stderr, signal }: Context,
  start: (listeners: JobListeners) => AsyncIterable<ScoredPair>,
): Promise<void> {
  const progress = new Progress(stderr, options);
  let summary: MineSummary | undefined;
  const pairs = start({
    signal,
    onEvent: (event) => progress.show(event),
    onSummary: (given) => {
      summary = given;
    },
  });
  const { output = "-", outputFormat: format, columns, inputs = [] } = options;
  try {
    await refuseInputs(output, inputs);
    await writePairs(pairs, output === "-" ? stdout : output, { format, columns, signal });
    if (summary) progress.finish(describeSummary(summary));
  } finally {
    progress.clear();
  }
}
