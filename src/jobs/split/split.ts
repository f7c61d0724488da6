import { join } from "node:path";
import { refuseUnknown } from "../../check-options.js";
import { checkBudget, checkWhole } from "../../check-values.js";
import { InputError } from "../../errors.js";
import { type StageSeconds, timed } from "../../events.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import type { PairInput } from "../../read/pairs/read-pairs.js";
import { readTwice } from "../../steps/bitexts/read-twice.js";
import { claimStatsFile } from "../../steps/bitexts/stats-file.js";
import { refuseFileName } from "../../store/files/file-name.js";
import { makeFolder } from "../../store/files/make-folder.js";
import { refuseInputs } from "../../store/files/output-path.js";
import { inTemporaryFolder } from "../../store/files/temporary-folder.js";
import { chooseSplits, type Division, SPLITS } from "./choose-splits.js";
import { COMPONENTS_BYTES, type Components } from "./components.js";
import { findComponents } from "./find-components.js";
import type { SplitOptions } from "./options.js";
import { SPLIT_OPTIONS } from "./options.js";
import { outputOf, writeSplits } from "./write-splits.js";

/** How a bitext was split. */
export interface SplitSummary {
  /** Pairs that were read. */
  pairs: number;
  /** Pairs for training. */
  train: number;
  /** Pairs for development. */
  dev: number;
  /** Pairs for testing. */
  test: number;
  /** Groups of pairs that share sentences, directly or through others; a pair that shares none is one of its own. */
  components: number;
  /** Pairs of the largest one. */
  largest: number;
  /** Left out since they could not be read. */
  skipped: number;
  /** Time of each stage. */
  seconds: StageSeconds;
}

/** Half of it are the first components. */
const LEAST_MEMORY = 2 * COMPONENTS_BYTES;

/**
 * Splits a bitext into train, dev and test, which share no sentence: pairs that have one in common, on either side or
 * through other pairs, go to the same split. Writes `train.tsv` and so on into `folder`, each in the bitext's order, and
 * what was counted as `split.stats.json`. The bitext is read twice; a stream is copied first.
 *
 * @throws OptionError, InputError, OutputError; the signal's reason when it aborts
 */
export async function splitBitext(
  input: PairInput,
  folder: string,
  options: SplitOptions = {},
): Promise<SplitSummary> {
  refuseUnknown("splitBitext", options, SPLIT_OPTIONS);
  const { test = 1000, dev = 1000, seed = 0, memory = 2 ** 30, read = {}, signal } = options;
  checkWhole({ test, dev }, { least: 0 });
  checkBudget(memory, LEAST_MEMORY);
  refuseFileName(folder);
  const seconds: StageSeconds = {};
  const { format = "tsv", languages, compress } = options;
  for (const split of SPLITS)
    for (const path of [outputOf(join(folder, split), format, languages, compress)].flat())
      if (typeof path === "string") await refuseInputs(path, inputsOf(input));
  await makeFolder(folder);
  const writeStats = await claimStatsFile(join(folder, "split.stats.json"), inputsOf(input));
  const summary = await inTemporaryFolder(async (temporary): Promise<SplitSummary> => {
    const bitext = await timed(seconds, "copy", () =>
      readTwice(input, { onNote: options.onEvent, ...read, signal }, temporary),
    );
    const { components, skipped } = await timed(seconds, "compare", () =>
      findComponents(bitext, temporary, memory, options),
    );
    const division = chooseSplits(components, { dev, test }, seed);
    if (components.length > 0) refuseEmptySplits(bitext.name, division, { dev, test });
    const counts = await timed(seconds, "write", () => writeSplits(bitext, division, folder, options));
    return { pairs: components.length, ...counts, ...countComponents(components), skipped, seconds };
  });
  await writeStats(summary);
  return summary;
}

/** Refuses to leave a split empty that was asked for. */
function refuseEmptySplits(
  path: string,
  { components, splits }: Division,
  wanted: { dev: number; test: number },
): void {
  for (const split of ["test", "dev"] as const) {
    if (wanted[split] === 0 || [...splits.values()].includes(split)) continue;
    const { largest } = countComponents(components);
    throw new InputError(
      { path },
      `has no pairs for ${split}: its ${components.length} pairs are linked by shared sentences, up to ${largest} of them in one group, which goes to one split.`,
      { advice: "Ask for fewer pairs in the other splits, or for a split that such a group fits into." },
    );
  }
}

function countComponents(components: Components): { components: number; largest: number } {
  let [count, largest] = [0, 0];
  for (let pair = 0; pair < components.length; pair++) {
    if (!components.isFirst(pair)) continue;
    count++;
    largest = Math.max(largest, components.sizeOf(pair));
  }
  return { components: count, largest };
}
