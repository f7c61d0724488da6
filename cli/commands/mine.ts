import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import type { Input, MineOptions } from "../../src/index.js";
import { mine } from "../../src/jobs/mine.js";
import { fieldsAmong } from "../../src/write/columns.js";
import type { Context } from "../context.js";
import { addEncoderOptions } from "../encoder-options.js";
import { addIndexOptions } from "../index-options.js";
import { byteSize, choice, decimalNumber, positiveNumber, wholeNumber } from "../options.js";
import { addChoiceOptions, addOutputOptions, type OutputOptions, writeWithProgress } from "../pair-output.js";
import { addReadOptions, type ReadFlags, readOptionsOf } from "../read-options.js";

const EXAMPLE = `
Example:
  $ zcat dump.de.gz | crisscross mine - news.en.xz --threshold 1.05 -o pairs.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Mines translation pairs from two texts: score⇥source⇥target, the best first.")
    .argument("<source>", "text in one language; - is standard input; or vectors (.npy) that embed made")
    .argument("<target>", "text in the other; plain, TSV or JSON, also as gz, xz, zst or bz2");
  addEncoderOptions(command);
  command
    .option("--seed <n>", "for ngram's random directions and hnsw's levels (default: 0)", wholeNumber)
    .option(
      "--centre",
      "subtract each side's mean from its vectors before they are searched (default: as the encoder asks)",
    )
    .option("--no-centre", "do not")
    .option("--k <n>", "neighbours that make a neighbourhood (default: 4)", decimalNumber)
    .option("--memory <size>", "keep to it, such as 4G or 512M, and tell beforehand how", byteSize);
  addIndexOptions(command, "auto");
  command
    .addOption(
      choice("--guard <what>", "copies: never pair a sentence with its untranslated copy", ["copies"]),
    )
    .option(
      "--collapse-near-duplicates <cosine>",
      "search only the first of a side's sentences that are so near to each other, such as 0.98",
      decimalNumber,
    )
    .option("--min-characters <n>", "leave out shorter sentences", positiveNumber)
    .option("--max-characters <n>", "leave out longer sentences", positiveNumber)
    .option(
      "--run <folder>",
      "keep every stage there, go on where a run was interrupted; pairs go to its pairs.tsv",
    )
    .option("--clean", "with --run: drop vectors and indexes at the end");
  addChoiceOptions(command);
  addReadOptions(command);
  addOutputOptions(command);
  command
    .addHelpText("after", EXAMPLE)
    .action((source: string, target: string, options: MineFlags) =>
      runMine(source, target, options, context),
    );
}

type MineFlags = Omit<MineOptions, "read" | "readTarget"> & OutputOptions & ReadFlags;

async function runMine(source: string, target: string, flags: MineFlags, context: Context): Promise<void> {
  if (source === "-" && target === "-")
    throw new OptionError("Both sides are standard input; give at least one of them as a file.");
  // Its pairs go there; what is wrong with the folder, the run itself will say.
  if (flags.run) await mkdir(flags.run, { recursive: true }).catch(() => {});
  const input = (name: string): Input => (name === "-" ? context.stdin : name);
  const fields = flags.columns && fieldsAmong(flags.columns);
  const { read, readTarget } = readOptionsOf(flags, fields?.length ? fields : undefined);
  const output =
    flags.output ??
    (flags.run === undefined ? undefined : join(flags.run, `pairs.${flags.outputFormat ?? "tsv"}`));
  const inputs = [source, target];
  await writeWithProgress({ ...flags, output, inputs }, context, (events) =>
    mine(input(source), input(target), { ...flags, ...events, read, readTarget }),
  );
}
