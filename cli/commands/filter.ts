import type { Command } from "commander";
import { OptionError } from "../../src/errors.js";
import { listRules } from "../../src/filter/list-rules.js";
import type { FilterChoices, FilterSummary, PairInput } from "../../src/index.js";
import { explainBitext } from "../../src/jobs/filter/explain.js";
import { filterBitext } from "../../src/jobs/filter/filter.js";
import { sampleRules } from "../../src/jobs/filter/sample-rules.js";
import { suggestThresholds } from "../../src/jobs/filter/suggest-thresholds.js";
import { refuseClashes } from "../../src/store/run/refuse-clashes.js";
import {
  addBitextOptions,
  addBitextOutputOptions,
  addLanguagesOption,
  bitextInput,
  bitextOutput,
  bitextReadOptions,
  givenBitext,
  headerOf,
  languagesOf,
  outputFormatOf,
} from "../bitext-options.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { describeSeconds } from "../describe-summary.js";
import { checkModes, checkRulesAlone, type FilterFlags, sameOutput } from "../filter-modes.js";
import { formatRules, formatSample, formatSuggestions } from "../filter-report.js";
import {
  addProgressOptions,
  decimalNumber,
  GROUPS,
  groupsOf,
  positiveNumber,
  wholeNumber,
} from "../options.js";
import { print } from "../print.js";
import { withProgress } from "../with-progress.js";

const EXAMPLE = `
Example:
  $ crisscross filter corpus.tsv --languages de,en -o kept.tsv --rejected rejected.tsv
`;

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Keeps the pairs of a bitext that pass every rule of a chain; the others are rejected with a reason.",
    )
    .argument(
      "[bitext]",
      "TSV, CSV, JSON, TMX, XLIFF, XCES or Parquet, also compressed; - is standard input; moses: the source",
    )
    .argument("[target]", "moses: the target");
  addBitextOptions(command);
  addLanguagesOption(command, "codes of the languages, for rules and TMX, e.g. de,en");
  command
    .optionsGroup(GROUPS.rules)
    .option("--config <file>", "YAML with the languages and the rules (default: a chain for any bitext)")
    .option(
      "--language-model <file>",
      "fastText model that tells languages, .bin or .ftz (default: lid.176 and another)",
    )
    .option(
      "--near-languages <groups>",
      "languages that are not told apart, e.g. hr+sr,da+no, or none (default: see --rules)",
      groupsOf,
    )
    .option("--rules", "print every rule with its options")
    .option("--explain", "write every rule's value for every pair, as JSON lines")
    .option("--sample <n>", "show which of this many pairs each rule alone would reject", positiveNumber)
    .option(
      "--suggest [share]",
      "print a configuration in which each bound rejects at most this share of pairs on each side (default: 0.01)",
      decimalNumber,
    )
    .option("--seed <n>", "seed of the pairs that --sample and --suggest draw (default: 0)", wholeNumber);
  addBitextOutputOptions(command);
  command.option("--rejected <file>", "write the rejected pairs to this file, each with its reason");
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((bitext: string | undefined, target: string | undefined, flags: FilterFlags) => {
      if (flags.rules) return printRules([bitext, target], flags, context);
      return runFilter(bitext, target, flags, context);
    });
}

async function runFilter(
  bitext: string | undefined,
  target: string | undefined,
  flags: FilterFlags,
  context: Context,
): Promise<void> {
  if (bitext === undefined)
    throw new OptionError("No bitext is given.", { advice: "Name a file, or - for standard input." });
  checkModes(flags);
  const input = bitextInput(bitext, target, context);
  const choices: FilterChoices = {
    configuration: flags.config,
    languages: languagesOf(flags),
    languageModel: flags.languageModel,
    nearLanguages: flags.nearLanguages,
    read: bitextReadOptions(flags),
  };
  if (flags.sample !== undefined) return printSample(input, choices, flags, context);
  if (flags.suggest !== undefined) return printSuggestions(input, choices, flags, context);
  if (flags.explain) {
    await refuseClashes([flags.output], [bitext, target, flags.config, flags.languageModel]);
    return writeExplanations(input, choices, flags, context);
  }
  const output = bitextOutput(flags.output, flags.outputFormat, context);
  const rejected =
    flags.rejected === undefined ? undefined : bitextOutput(flags.rejected, undefined, context);
  if (rejected === output) throw sameOutput("standard output");
  await refuseClashes([output, rejected].flat(), [bitext, target, flags.config, flags.languageModel]);
  await using given = givenBitext(bitext, target, flags, context);
  const format = await outputFormatOf(flags, given);
  const write = { format, languages: languagesOf(flags), header: headerOf(flags) };
  await withProgress(
    flags,
    context,
    (listeners) =>
      filterBitext(given.input, output, { ...choices, ...listeners, read: given.read, write, rejected }),
    describeFilter,
  );
}

function printRules(
  bitext: readonly (string | undefined)[],
  flags: FilterFlags,
  context: Context,
): Promise<void> {
  checkRulesAlone(bitext, flags);
  return print(formatRules(listRules()), context);
}

function printSample(
  input: PairInput,
  choices: FilterChoices,
  { sample: size, seed, ...shown }: FilterFlags,
  context: Context,
): Promise<void> {
  return withProgress(shown, context, async (listeners) => {
    const report = await sampleRules(input, { ...choices, ...listeners, seed, size });
    await print(formatSample(report), context);
  });
}

function printSuggestions(
  input: PairInput,
  choices: FilterChoices,
  { suggest, seed, ...shown }: FilterFlags,
  context: Context,
): Promise<void> {
  const share = suggest === true ? undefined : suggest;
  return withProgress(shown, context, async (listeners) => {
    const report = await suggestThresholds(input, { ...choices, ...listeners, seed, share });
    await print(formatSuggestions(report), context);
  });
}

function writeExplanations(
  input: PairInput,
  choices: FilterChoices,
  { output, ...shown }: FilterFlags,
  context: Context,
): Promise<void> {
  return withProgress(shown, context, (listeners) =>
    explainBitext(input, output === undefined || output === "-" ? context.stdout : output, {
      ...choices,
      ...listeners,
    }),
  );
}

function describeFilter({ pairs, kept, rejected, skipped, seconds }: FilterSummary): string {
  const share = pairs === 0 ? 0 : (100 * kept) / pairs;
  const counts = Object.entries(rejected).filter(([, times]) => times > 0);
  const lines = [
    [
      count(pairs, "pair"),
      `${kept} kept (${share.toFixed(1)} %)`,
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ].join(" · "),
  ];
  if (counts.length > 0)
    lines.push(`rejected: ${counts.map(([name, times]) => `${name} ${times}`).join(" · ")}`);
  lines.push(describeSeconds(seconds));
  return lines.join("\n");
}
