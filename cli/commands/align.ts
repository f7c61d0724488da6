import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { AlignmentFormat, WriteAlignmentsOptions } from "../../src/index.js";
import { writePageAlignments } from "../../src/jobs/align/pages/write-page-alignments.js";
import { ALIGNMENT_FORMATS, writeAlignments } from "../../src/jobs/align/write-alignments.js";
import { refuseClashes } from "../../src/store/run/refuse-clashes.js";
import { addLanguagesOption, addOutputHeader, headerOf, languagesOf, pairsOfRun } from "../bitext-options.js";
import type { Context } from "../context.js";
import { describeAligned, describePagesAligned } from "../describe-aligned.js";
import { addEncoderOptions } from "../encoder-options.js";
import { inRunFolder } from "../in-run-folder.js";
import { tellOlderPairs } from "../older-pairs.js";
import {
  addProgressOptions,
  addThreadsOption,
  choice,
  decimalNumber,
  GROUPS,
  listOf,
  named,
  positiveNumber,
  wholeNumber,
} from "../options.js";
import {
  addPageOptions,
  addPageRunOptions,
  PAGE_FLAGS,
  type PageFlags,
  refusePageFlags,
  refuseTextFlags,
} from "../page-options.js";
import { PROGRESS_FLAGS, type ProgressOptions } from "../progress.js";
import { addReadOptions, READ_FLAGS, type ReadFlags, readOptionsOf } from "../read-options.js";
import { withProgress } from "../with-progress.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Examples:
  $ crisscross align book.de book.fr -o pairs.tsv
  $ crisscross align book.de book.fr --output-format vecalign -o book.defr
  $ crisscross align pages/de.jsonl.zst pages/fr.jsonl.zst --pages auto --run run/ -o pairs.tsv.gz
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Aligns the sentences of two texts that translate each other: a sentence a line, in order; or of pages.",
    )
    .argument(
      "<source>",
      "plain, TSV or JSON, or with --pages pages; also as gz, xz, zst or bz2; - is standard input",
    )
    .argument("<target>", "its translation");
  addReadOptions(command);
  addEncoderOptions(command);
  addLanguagesOption(command);
  command
    .optionsGroup(GROUPS.selection)
    .option(
      "--max-sentences <n>",
      "sentences of both sides in one alignment (default: 8; of pages 4)",
      positiveNumber,
    )
    .option("--min-score <cosine>", "leave alignments below this cosine out", decimalNumber);
  addPageOptions(command);
  command
    .optionsGroup(GROUPS.output)
    .option(
      "-o, --output <file>",
      "where the pairs go; for moses two: one,other (default: -, standard output)",
      listOf(String),
    )
    .addOption(
      choice(
        "--output-format <name>",
        "how they are written (default: by suffix, else tsv)",
        ALIGNMENT_FORMATS,
      ),
    )
    .option("--rest <file>", "write the sentences that stand alone there", named)
    .optionsGroup(GROUPS.run)
    .option("--seed <n>", "seed of ngram's directions (default: 0)", wholeNumber);
  addOutputHeader(command);
  addPageRunOptions(command);
  addThreadsOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string, flags: AlignFlags) => runAlign(source, target, flags, context));
}

type AlignFlags = Omit<WriteAlignmentsOptions, "read" | "readTarget" | "format" | "header" | "languages"> &
  PageFlags &
  ReadFlags &
  ProgressOptions & {
    output?: string[];
    outputFormat?: AlignmentFormat;
    outputHeader?: "yes" | "no";
    languages?: string[];
  };

const OUTPUT_FLAGS = ["output", "outputFormat", "outputHeader", "languages"] as const;

async function runAlign(source: string, target: string, flags: AlignFlags, context: Context): Promise<void> {
  if (source === "-" && target === "-")
    throw new OptionError("Both sides are standard input.", {
      advice: "Give at least one of them as a file.",
    });
  if (flags.pages === undefined) refusePageFlags(flags);
  else refuseTextFlags(flags);
  await inRunFolder(flags.run, () => alignInto(source, target, flags, context));
}

async function alignInto(source: string, target: string, flags: AlignFlags, context: Context): Promise<void> {
  const { outputFormat: format, rest, run, pages } = flags;
  const { output = run === undefined ? ["-"] : [pairsOfRun(run, format)].flat() } = flags;
  if (output.length > 2)
    throw new OptionError(`--output names ${output.length} files; expected one, or two for moses.`);
  const written = [...output, ...(rest === undefined ? [] : [rest])].filter((name) => name !== "-");
  await refuseClashes(written, [source, target]);
  const input = (name: string) => (name === "-" ? context.stdin : name);
  const open = (name: string) => (name === "-" ? context.stdout : name);
  const outputs = output.length === 2 ? ([output[0], output[1]] as const) : open(output[0]);
  const choices = {
    ...withoutFlags(flags, ...READ_FLAGS, ...OUTPUT_FLAGS, ...PROGRESS_FLAGS, ...PAGE_FLAGS),
    languages: languagesOf(flags),
    header: headerOf(flags),
  };
  const [x, y] = [input(source), input(target)];
  if (pages === undefined) {
    await withProgress(
      flags,
      context,
      (listeners) =>
        writeAlignments(x, y, outputs, { ...choices, ...readOptionsOf(flags), ...listeners, format }),
      describeAligned,
    );
    return;
  }
  const { within, minPageScore, clean, onError } = flags;
  await withProgress(
    flags,
    context,
    async (listeners) => {
      const summary = await writePageAlignments(x, y, outputs, {
        ...choices,
        ...listeners,
        pages,
        within,
        minPageScore,
        run,
        clean,
        read: { onError },
        format,
      });
      if (run !== undefined) await tellOlderPairs(run, output, listeners.onEvent);
      return summary;
    },
    describePagesAligned,
  );
}
