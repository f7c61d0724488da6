import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { Input, MineOptions } from "../../src/index.js";
import { mine } from "../../src/jobs/mine.js";
import { languagesOfNames } from "../../src/text/language-of-name.js";
import { fieldsAmong } from "../../src/write/columns.js";
import { bitextOutput, pairsOfRun } from "../bitext-options.js";
import type { Context } from "../context.js";
import { addEncoderOptions } from "../encoder-options.js";
import { inRunFolder } from "../in-run-folder.js";
import { addIndexOptions } from "../index-options.js";
import {
  addCentreOptions,
  addLengthOptions,
  addThreadsOption,
  addVectorTextOptions,
  byteSize,
  choice,
  decimalNumber,
  K_HELP,
  positiveNumber,
  wholeNumber,
} from "../options.js";
import {
  addChoiceOptions,
  addOutputOptions,
  OUTPUT_FLAGS,
  type OutputOptions,
  writeWithProgress,
} from "../pair-output.js";
import { addReadOptions, READ_FLAGS, type ReadFlags, readOptionsOf } from "../read-options.js";
import { addRescoreOptions } from "../rescore-options.js";
import { withoutFlags } from "../without-flags.js";

const EXAMPLE = `
Example:
  $ zcat dump.de.gz | crisscross mine - news.en --threshold 1.25 -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Mines translation pairs from two texts: score⇥source⇥target, the highest score first.")
    .argument("<source>", "text in one language; - is standard input; or vectors (.npy)")
    .argument("<target>", "text in the other language; plain, TSV or JSON, also as gz, xz, zst or bz2");
  addReadOptions(command);
  addVectorTextOptions(command);
  addLengthOptions(command);
  addEncoderOptions(command);
  addCentreOptions(command);
  command
    .option("--k <n>", K_HELP, positiveNumber)
    .addOption(
      choice("--guard <what>", "copies: never pair a sentence with its untranslated copy", ["copies"]),
    )
    .option(
      "--collapse-near-duplicates <cosine>",
      "merge a side's sentences whose cosine is at least this, e.g. 0.98; only the first is searched",
      decimalNumber,
    );
  addIndexOptions(command, "auto");
  command
    .option("--memory <size>", "memory limit for the search, e.g. 4G; prints the plan first", byteSize)
    .option("--seed <n>", "seed of ngram's directions and hnsw's levels (default: 0)", wholeNumber);
  addRescoreOptions(command);
  command.option(
    "--rescore-above <margin>",
    "re-score only candidates with at least this margin; no others become pairs (default: all)",
    decimalNumber,
  );
  addChoiceOptions(command);
  addOutputOptions(command, " (default: as the files' names end: news.de, news.en)");
  command
    .option(
      "--run <folder>",
      "keep every stage there and go on where a run was interrupted; pairs go to its pairs.tsv",
    )
    .option("--clean", "with --run: remove vectors and indexes at the end");
  addThreadsOption(command);
  command
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string, options: MineFlags) =>
      runMine(source, target, options, context),
    );
}

type MineFlags = Omit<MineOptions, "read" | "readTarget"> & OutputOptions & ReadFlags;

async function runMine(source: string, target: string, flags: MineFlags, context: Context): Promise<void> {
  if (source === "-" && target === "-")
    throw new OptionError("Both sides are standard input.", {
      advice: "Give at least one of them as a file.",
    });
  const input = (name: string): Input => (name === "-" ? context.stdin : name);
  const fields = flags.columns && fieldsAmong(flags.columns);
  const { read, readTarget } = readOptionsOf(flags, fields?.length ? fields : undefined);
  const named = languagesOfNames([source, target]);
  const output =
    flags.output === undefined && flags.run !== undefined
      ? pairsOfRun(flags.run, flags.outputFormat, named)
      : bitextOutput(flags.output, flags.outputFormat, context);
  const { sourceText, targetText } = flags;
  const inputs = [source, target, sourceText, targetText].filter((path) => path !== undefined);
  await inRunFolder(flags.run, () =>
    writeWithProgress({ ...flags, output, inputs, named }, context, (events) =>
      mine(input(source), input(target), {
        ...withoutFlags(flags, ...OUTPUT_FLAGS, ...READ_FLAGS),
        ...events,
        read,
        readTarget,
      }),
    ),
  );
}
