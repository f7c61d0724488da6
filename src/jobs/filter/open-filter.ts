import type { OptionNames } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import type { JobEvent, JobListeners } from "../../events.js";
import type { ChainRule } from "../../filter/chain.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import { nameOf, type PairInput, type ReadPairsOptions, readPairs } from "../../read/pairs/read-pairs.js";
import { noticeOrder } from "../../steps/bitexts/notice-order.js";
import { Skips } from "../../steps/bitexts/skips.js";
import type { Pair } from "../../types/bitexts.js";
import { note } from "../../wording.js";
import type { FilterConfiguration } from "./configuration.js";
import { type FilterRule, givenConfiguration } from "./given-rules.js";
import { defaultConfiguration, openChain } from "./open-chain.js";
import { openServices } from "./rule-services.js";

/** The rules, and how the bitext is read. */
export interface FilterChoices extends JobListeners {
  /** A YAML file with the rules. @default the chain of `src/filter/default-chain.ts` */
  configuration?: string;
  /** The rules themselves, in place of a configuration. @default as the configuration says */
  rules?: readonly FilterRule[];
  /** Of source and target, such as ["de", "en"]. @default as the configuration says */
  languages?: readonly [source: string, target: string];
  /** A model of fastText that tells languages, .bin or .ftz. @default lid.176, and a model of the built-in encoder's languages */
  languageModel?: string;
  /** Groups of languages that are not told apart, such as [["da", "no"]]. @default the table of src/filter/README.md */
  nearLanguages?: readonly (readonly string[])[];
  /** How the bitext is read. */
  read?: ReadPairsOptions;
}

/** The names of `FilterChoices`. */
export const FILTER_CHOICES: OptionNames<FilterChoices> = {
  configuration: true,
  rules: true,
  languages: true,
  languageModel: true,
  nearLanguages: true,
  read: true,
  signal: true,
  onEvent: true,
};

/** The rules that pairs are to go through. */
export interface OpenRules extends AsyncDisposable {
  configuration: FilterConfiguration;
  /** The configuration's rules, in its order. */
  chain: readonly ChainRule[];
}

/** A bitext, and its rules. */
export interface OpenFilter extends OpenRules {
  /** Pairs that were left out since they could not be read. */
  skipped(): number;
  batches: AsyncGenerator<Pair[], void, undefined>;
}

/** @throws InputError for a configuration that cannot be; OptionError for a language that is not known */
export async function openFilter(input: PairInput, options: FilterChoices): Promise<OpenFilter> {
  const { read = {}, onEvent, signal } = options;
  const rules = await openRules(nameOf(inputsOf(input)[0], read, 0), options);
  const skips = new Skips(onEvent);
  const pairs = readPairs(input, { onNote: onEvent, ...read, signal, onSkip: skips.onSkip });
  const batches = withProgress(noticeOrder(pairs, rules.configuration.languages, onEvent), onEvent);
  return { ...rules, skipped: () => skips.count, batches };
}

/**
 * Opens the rules alone.
 *
 * @param input what messages call the pairs
 */
export async function openRules(input: string, options: Omit<FilterChoices, "read">): Promise<OpenRules> {
  const { languageModel, nearLanguages, onEvent, signal } = options;
  const given = await readGiven(options);
  for (const message of given?.notes ?? []) onEvent?.(note(message));
  const languages = options.languages ?? given?.languages;
  const configuration = { ...(given ?? defaultConfiguration(languages)), languages };
  const { folder } = configuration;
  const services = await openServices({
    languages,
    languageModel,
    nearLanguages,
    input,
    folder,
    onEvent,
    signal,
  });
  try {
    const chain = await openChain(configuration, services);
    return { configuration, chain, [Symbol.asyncDispose]: () => services.close() };
  } catch (error) {
    await services.close();
    throw error;
  }
}

async function readGiven({
  configuration,
  rules,
}: Pick<FilterChoices, "configuration" | "rules">): Promise<FilterConfiguration | undefined> {
  if (rules !== undefined) {
    if (configuration !== undefined)
      throw new OptionError("A file with a configuration is named, and rules are given, too.", {
        advice: "Give one of them.",
      });
    return givenConfiguration(rules);
  }
  if (configuration === undefined) return undefined;
  const { readConfiguration } = await import("./read-configuration.js");
  return readConfiguration(configuration);
}

async function* withProgress(
  batches: AsyncGenerator<Pair[]>,
  onEvent?: (event: JobEvent) => void,
): AsyncGenerator<Pair[], void, undefined> {
  let done = 0;
  for await (const batch of batches) {
    yield batch;
    done += batch.length;
    onEvent?.({ kind: "progress", stage: "filter", done, unit: "pairs" });
  }
}
