import type { OptionNames } from "../../check-options.js";
import type { JobEvent, JobListeners } from "../../events.js";
import type { ChainRule } from "../../filter/chain.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import { nameOf, type PairInput, type ReadPairsOptions, readPairs } from "../../read/pairs/read-pairs.js";
import { Skips } from "../../steps/bitexts/skips.js";
import type { Pair } from "../../types/bitexts.js";
import { note } from "../../wording.js";
import type { FilterConfiguration } from "./configuration.js";
import { defaultConfiguration, openChain } from "./open-chain.js";
import { openServices } from "./rule-services.js";

/** The rules, and how the bitext is read. */
export interface FilterChoices extends JobListeners {
  /** A YAML file with the rules. @default the chain of `src/filter/default-chain.ts` */
  configuration?: string;
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
  languages: true,
  languageModel: true,
  nearLanguages: true,
  read: true,
  signal: true,
  onEvent: true,
};

/** A bitext, and the rules that it is to go through. */
export interface OpenFilter extends AsyncDisposable {
  configuration: FilterConfiguration;
  /** The configuration's rules, in its order. */
  chain: readonly ChainRule[];
  /** Pairs that were left out since they could not be read. */
  skipped(): number;
  batches: AsyncGenerator<Pair[], void, undefined>;
}

/** @throws InputError for a configuration that cannot be; OptionError for a language that is not known */
export async function openFilter(input: PairInput, options: FilterChoices): Promise<OpenFilter> {
  const { read = {}, languageModel, nearLanguages, onEvent, signal } = options;
  const given = await readGiven(options.configuration);
  for (const message of given?.notes ?? []) onEvent?.(note(message));
  const languages = options.languages ?? given?.languages;
  const configuration = { ...(given ?? defaultConfiguration(languages)), languages };
  const { folder } = configuration;
  const services = await openServices({
    languages,
    languageModel,
    nearLanguages,
    input: nameOf(inputsOf(input)[0], read, 0),
    folder,
    onEvent,
    signal,
  });
  try {
    const chain = await openChain(configuration, services);
    const skips = new Skips(onEvent);
    const batches = withProgress(
      readPairs(input, { onNote: onEvent, ...read, signal, onSkip: skips.onSkip }),
      onEvent,
    );
    const close = () => services.close();
    return { configuration, chain, skipped: () => skips.count, batches, [Symbol.asyncDispose]: close };
  } catch (error) {
    await services.close();
    throw error;
  }
}

async function readGiven(path: string | undefined): Promise<FilterConfiguration | undefined> {
  if (path === undefined) return undefined;
  const { readConfiguration } = await import("./read-configuration.js");
  return readConfiguration(path);
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
