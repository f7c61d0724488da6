import { join } from "node:path";
import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { checkBudget, checkOneOf } from "../check-values.js";
import { InputError } from "../errors.js";
import { type JobEvent, type JobListeners, type StageSeconds, timed } from "../events.js";
import { DUPLICATES_OF, type DuplicatesOf, duplicateKey } from "../filter/duplicate-key.js";
import { inputsOf } from "../read/pairs/pair-input.js";
import type { PairInput, ReadPairsOptions } from "../read/pairs/read-pairs.js";
import { changed, type RereadBitext, readTwice } from "../steps/bitexts/read-twice.js";
import { settleWrite } from "../steps/bitexts/settle-write.js";
import { Skips } from "../steps/bitexts/skips.js";
import { claimStats } from "../steps/bitexts/stats-file.js";
import { inTemporaryFolder } from "../store/files/temporary-folder.js";
import { findBest } from "../store/hashes/find-best.js";
import { findFirsts } from "../store/hashes/find-firsts.js";
import type { Firsts } from "../store/hashes/first-occurrences.js";
import { openHash } from "../store/hashes/hash-text.js";
import { comparedBy } from "../text/copy-key.js";
import type { Pair } from "../types/bitexts.js";
import { option, say } from "../wording.js";
import { type OpenPairsOptions, openPairs, type PairOutput } from "../write/pairs/open-pairs.js";

/** What counts as a duplicate, and how the bitext is read and written. */
export interface DedupOptions extends JobListeners {
  /** What must not come again: both texts together, or one side's. @default "pair" */
  of?: DuplicatesOf;
  /**
   * Which of those that are equal is kept: the first; the one with the highest score, one without a score last; or the
   * longest, by the characters of both texts. The first of several. @default "first"
   */
  keep?: Keep;
  /** Compare letters alone, whatever their case: not spaces, digits and signs. @default false */
  near?: boolean;
  /** Bytes that may be held; the rest goes to temporary files, 16 bytes a pair. At least 1 MiB. @default 1 GiB */
  memory?: number;
  /** How pairs are read. */
  read?: ReadPairsOptions;
  /** How pairs are written. */
  write?: Omit<OpenPairsOptions, "signal">;
}

/** The names of `DedupOptions`. */
export const DEDUP_OPTIONS: OptionNames<DedupOptions> = {
  of: true,
  keep: true,
  near: true,
  memory: true,
  read: true,
  write: true,
  signal: true,
  onEvent: true,
};

/** How many pairs came again. */
export interface DedupSummary {
  /** Pairs that were read. */
  pairs: number;
  /** Pairs that were written. */
  kept: number;
  /** Pairs left out since they had come before. */
  duplicates: number;
  /** Left out since they could not be read. */
  skipped: number;
  /** Time of each stage. */
  seconds: StageSeconds;
}

/** Which of equal pairs can be kept. */
export const KEEPS = ["first", "best", "longest"] as const;
/** Which of equal pairs is kept. */
export type Keep = (typeof KEEPS)[number];

const LEAST_MEMORY = 2 ** 20;

/**
 * Writes one of each pair that stands several times in a bitext, in its order: the first, unless `keep` asks for another. It is read twice; a stream is copied
 * first. Pairs are told apart by a 64-bit hash (XXH64): among a hundred million, two different ones are taken for the
 * same with a chance of 0.0003. Memory beside the budget: 12 bytes a pair where another than the first is kept.
 *
 * @throws OptionError, InputError, OutputError; the signal's reason when it aborts
 */
export async function dedupBitext(
  input: PairInput,
  output: PairOutput,
  options: DedupOptions = {},
): Promise<DedupSummary> {
  refuseUnknown("dedupBitext", options, DEDUP_OPTIONS);
  const { of = "pair", memory = 2 ** 30, read = {}, signal } = options;
  checkOneOf("of", of, DUPLICATES_OF);
  checkOneOf("keep", options.keep ?? "first", KEEPS);
  checkBudget(memory, LEAST_MEMORY);
  const write = await settleWrite(input, output, options);
  const writeStats = await claimStats(output, inputsOf(input));
  const seconds: StageSeconds = {};
  const summary = await inTemporaryFolder(async (folder) => {
    const bitext = await timed(seconds, "copy", () =>
      readTwice(input, { onNote: options.onEvent, ...read, signal }, folder),
    );
    const compared = await timed(seconds, "compare", () =>
      comparePairs(bitext, folder, { ...options, of, memory }),
    );
    using firsts = compared.firsts;
    await using sink = openPairs(output, { ...write, signal });
    await timed(seconds, "write", () => writeFirsts(bitext, firsts, sink, options.onEvent));
    const { length: pairs, count: kept } = firsts;
    return { pairs, kept, duplicates: pairs - kept, skipped: compared.skipped, seconds };
  });
  await writeStats(summary);
  return summary;
}

async function comparePairs(
  bitext: RereadBitext,
  folder: string,
  { of, near, keep = "first", memory, onEvent, signal }: DedupOptions & { of: DuplicatesOf; memory: number },
): Promise<{ firsts: Firsts; skipped: number }> {
  const hash = await openHash();
  const textKey = comparedBy(near);
  const skips = new Skips(onEvent);
  let scored = false;
  const worthOf = (pair: Pair): number => {
    scored ||= pair.score !== undefined;
    if (keep === "longest") return pair.source.length + pair.target.length;
    return Number.isNaN(pair.score ?? Number.NaN) ? Number.NEGATIVE_INFINITY : pair.score!;
  };
  const parts = async function* () {
    let done = 0;
    for await (const batch of bitext.read({ onSkip: skips.onSkip })) {
      yield {
        hashes: BigUint64Array.from(batch, (pair) => hash(duplicateKey(of, pair, textKey))),
        values: Float64Array.from(batch, worthOf),
      };
      done += batch.length;
      onEvent?.({ kind: "progress", stage: "compare", done, unit: "pairs" });
    }
  };
  const hashes = async function* () {
    for await (const part of parts()) yield part.hashes;
  };
  const options = { folder: join(folder, "hashes"), memoryBytes: memory };
  const firsts = await (keep === "first"
    ? findFirsts(hashes(), options, signal)
    : findBest(parts(), options, signal));
  if (keep === "best" && !scored && firsts.length > 0) {
    firsts[Symbol.dispose]();
    throw new InputError({ path: bitext.name }, "has no scores, so that none of equal pairs is the best.", {
      advice: say`Name where they are with ${option("scoreColumn")}, ${option("scoreField")} or ${option("scoreProperty")}.`,
    });
  }
  return { firsts, skipped: skips.count };
}

async function writeFirsts(
  bitext: RereadBitext,
  firsts: Firsts,
  sink: ReturnType<typeof openPairs>,
  onEvent?: (event: JobEvent) => void,
): Promise<void> {
  let position = 0;
  for await (const batch of bitext.read()) {
    const start = position;
    await sink.write(batch.filter((_, index) => firsts.has(start + index)));
    position += batch.length;
    onEvent?.({ kind: "progress", stage: "write", done: position, total: firsts.length, unit: "pairs" });
  }
  if (position !== firsts.length) throw changed(bitext.name, firsts.length, position);
  await sink.finish();
}
