import type { Command } from "commander";
import type { SplitSummary, WrittenFormat } from "../../src/index.js";
import { splitBitext } from "../../src/jobs/split/split.js";
import { WRITTEN_FORMATS } from "../../src/types/bitexts.js";
import {
  addBitextOptions,
  addLanguagesOption,
  addOutputHeader,
  type BitextFlags,
  givenBitext,
  headerOf,
  languagesOf,
  languagesOfTmx,
  outputFormatOf,
} from "../bitext-options.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { addProgressOptions, byteSize, choice, GROUPS, wholeNumber } from "../options.js";
import type { ProgressOptions } from "../progress.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross split corpus.tsv.gz --test 2000 --dev 2000 --seed 7 --compress gz -o splits/
`;

interface SplitFlags extends BitextFlags, ProgressOptions {
  output: string;
  outputFormat?: WrittenFormat;
  outputHeader?: "yes" | "no";
  test?: number;
  dev?: number;
  seed?: number;
  near?: boolean;
  memory?: number;
  compress?: "gz" | "zst";
}

export function defineCommand(command: Command, context: Context): void {
  command
    .description("Splits a bitext into train, dev and test, so that no two of them share a sentence.")
    .argument(
      "<bitext>",
      "TSV, CSV, JSON, TMX, XLIFF, XCES or Parquet, also compressed; - is standard input; moses: the source",
    )
    .argument("[target]", "moses: the target");
  addBitextOptions(command);
  addLanguagesOption(command, "tmx: codes of the languages, e.g. de,en; moses: the suffixes of its files");
  command
    .optionsGroup(GROUPS.selection)
    .option("--test <n>", "pairs for testing (default: 1000)", wholeNumber)
    .option("--dev <n>", "pairs for development (default: 1000)", wholeNumber)
    .option("--seed <n>", "seed of the choice of dev and test pairs (default: 0)", wholeNumber)
    .option(
      "--near",
      "treat sentences with the same letters as one, whatever their case, spaces, digits and signs",
    )
    .optionsGroup(GROUPS.output)
    .requiredOption("-o, --output <folder>", "where train, dev and test go")
    .addOption(
      choice("--output-format <name>", "format of the output (default: as the input's)", WRITTEN_FORMATS),
    )
    .addOption(choice("--compress <name>", "compress the output (default: none)", ["gz", "zst"]))
    .optionsGroup(GROUPS.output);
  addOutputHeader(command);
  command
    .optionsGroup(GROUPS.run)
    .option(
      "--memory <size>",
      "memory limit, e.g. 512M; the rest goes to disk (default: 1G, least: 2M)",
      byteSize,
    );
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((bitext: string, target: string | undefined, flags: SplitFlags) =>
      runSplit(bitext, target, flags, context),
    );
}

async function runSplit(
  bitext: string,
  target: string | undefined,
  flags: SplitFlags,
  context: Context,
): Promise<void> {
  await using given = givenBitext(bitext, target, flags, context);
  const { output, outputFormat, test, dev, seed, near, memory, compress } = flags;
  const format = outputFormat ?? (target === undefined ? await outputFormatOf({}, given) : "moses");
  // The names of moses files say the languages.
  const languages =
    format === "moses" ? languagesOf(flags) : await languagesOfTmx(flags, given, output, format);
  await withProgress(
    flags,
    context,
    (listeners) => {
      const choices = {
        test,
        dev,
        seed,
        near,
        memory,
        compress,
        format,
        languages,
        read: given.read,
        header: headerOf(flags),
      };
      return splitBitext(given.input, output, { ...choices, ...listeners });
    },
    describeSplits,
  );
}

function describeSplits({ pairs, train, dev, test, components, largest, skipped }: SplitSummary): string {
  return [
    `${count(pairs, "pair")}: train ${train} · dev ${dev} · test ${test}`,
    `${count(components, "group")} that share no sentence, the largest of ${count(largest, "pair")}`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(" · ");
}
