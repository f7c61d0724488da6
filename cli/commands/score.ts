import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { ScoreOptions, ScoreSummary } from "../../src/index.js";
import { SCORES } from "../../src/jobs/score/pair-scorer.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import { refuseClashes } from "../../src/store/run/refuse-clashes.js";
import {
  addBitextOptions,
  addBitextOutputOptions,
  addLanguagesOption,
  BITEXT_FLAGS,
  BITEXT_OUTPUT_FLAGS,
  type BitextFlags,
  type BitextOutputFlags,
  bitextOutput,
  givenBitext,
  headerOf,
  languagesOfTmx,
  outputFormatOf,
} from "../bitext-options.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { describeEstimate, describeScores, describeSeconds } from "../describe-summary.js";
import { addEncoderOptions } from "../encoder-options.js";
import { withHistogram } from "../histogram.js";
import { addIndexOptions } from "../index-options.js";
import {
  addCentreOptions,
  addProgressOptions,
  addThreadsOption,
  addVectorsBesideOptions,
  byteSize,
  choice,
  GROUPS,
  K_HELP,
  listOf,
  oneOf,
  positiveNumber,
  wholeNumber,
} from "../options.js";
import { addThresholdOptions } from "../pair-output.js";
import type { ProgressOptions } from "../progress.js";
import { PROGRESS_FLAGS } from "../progress.js";
import { addRescoreOptions } from "../rescore-options.js";
import { withProgress } from "../with-progress.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Example:
  $ crisscross score corpus.tsv.gz --score distance --add cosine -o scored.tsv.gz
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Scores each pair of a bitext by cosine or margin: one line out for each line in, in order.")
    .argument(
      "<bitext>",
      "TSV, CSV, JSON, TMX, XLIFF, XCES or Parquet, also as gz, xz, zst or bz2; - is standard input",
    )
    .argument("[target]", "the other of two files with a pair on each line number");
  addBitextOptions(command);
  addLanguagesOption(command);
  command.option(
    "--neighbourhood <files>",
    "more sentences to look for neighbours in: of the target's language, or of both, as source,target",
    listOf(String),
  );
  addEncoderOptions(command);
  addVectorsBesideOptions(command, "a pair");
  addCentreOptions(command);
  command
    .option("--k <n>", K_HELP, positiveNumber)
    .addOption(
      choice("--guard <what>", "copies: do not count untranslated copies as neighbours", ["copies"]),
    );
  addIndexOptions(command, "auto");
  command
    .option("--memory <size>", "memory limit for the search, e.g. 4G; prints the plan first", byteSize)
    .option("--seed <n>", "seed of ngram's directions and hnsw's levels (default: 0)", wholeNumber);
  addRescoreOptions(command);
  addBitextOutputOptions(command);
  command
    .addOption(
      choice(
        "--score <name>",
        "cosine; a margin, distance or ratio; length agreement; adequacy, cosine × length; rescore (default: ratio, with --rescore rescore)",
        SCORES,
      ),
    )
    .option("--add <names>", "more scores as columns, e.g. cosine,length", listOf(oneOf(SCORES)));
  addThresholdOptions(command.optionsGroup(GROUPS.selection));
  command
    .optionsGroup(GROUPS.run)
    .option("--run <folder>", "keep every stage there, and go on where a run was interrupted");
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string | undefined, flags: ScoreFlags) =>
      runScore(source, target, flags, context),
    );
}

type ScoreFlags = Omit<ScoreOptions, "read" | "write" | "neighbourhood"> &
  BitextFlags &
  BitextOutputFlags &
  ProgressOptions & { neighbourhood?: string[] };

async function runScore(
  source: string,
  target: string | undefined,
  flags: ScoreFlags,
  context: Context,
): Promise<void> {
  await using bitext = givenBitext(source, target, flags, context);
  const output = bitextOutput(flags.output, flags.outputFormat, context);
  const { neighbourhood: files = [] } = flags;
  if (files.length > 2)
    throw new OptionError(`--neighbourhood has ${files.length} files; expected one, or two: source,target.`);
  const { sourceVectors, targetVectors } = flags;
  const vectors = [sourceVectors, targetVectors].filter((path) => path !== undefined);
  await refuseClashes([output].flat(), [source, target, ...files, ...vectors]);
  const format = await outputFormatOf(flags, bitext);
  const languages = await languagesOfTmx(flags, bitext, output, format);
  await withProgress(
    flags,
    context,
    (listeners) =>
      scoreBitext(bitext.input, output, {
        ...withoutFlags(flags, "neighbourhood", ...BITEXT_FLAGS, ...BITEXT_OUTPUT_FLAGS, ...PROGRESS_FLAGS),
        ...listeners,
        neighbourhood: { source: files.length > 1 ? files[0] : undefined, target: files.at(-1) },
        read: bitext.read,
        write: { format, languages, header: headerOf(flags) },
      }),
    (summary) => withHistogram(describeScored(summary), summary, flags, context.stderr),
  );
}

function describeScored(summary: ScoreSummary): string {
  const {
    pairs,
    unscored,
    belowThreshold,
    estimate,
    skipped,
    unitsWithoutBoth,
    sentences,
    encoder,
    rescorer,
    centre,
    scores,
    seconds,
  } = summary;
  const lines = [
    [
      count(pairs, "pair"),
      `${sentences.source} and ${sentences.target} distinct sentences`,
      ...(unscored > 0 ? [`${unscored} without a score`] : []),
      ...(belowThreshold
        ? [count(belowThreshold, "pair below the threshold", "pairs below the threshold")]
        : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
      ...(unitsWithoutBoth > 0 ? [`${count(unitsWithoutBoth, "unit")} without both languages`] : []),
    ].join(" · "),
    ...(rescorer ? [`re-scored with ${rescorer}`] : []),
    encoder === ""
      ? "nothing embedded"
      : `embedded with ${encoder}${centre ? " · each side's mean subtracted" : ""}`,
    ...(estimate ? [describeEstimate(estimate)] : []),
    ...(scores ? [describeScores(scores)] : []),
    describeSeconds(seconds),
  ];
  return lines.join("\n");
}
