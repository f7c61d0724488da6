import { join } from "node:path";
import { readSpool, spoolValues } from "../../store/files/value-spool.js";
import type { Pair, PairLike, PairSource } from "../../types/bitexts.js";
import { type GivenPair, givenPairs, PAIRS_NAME } from "./given-pairs.js";
import type { RereadBitext } from "./read-twice.js";

/** Pairs in memory that can be gone through again and again. */
export interface RereadPairs<P extends PairLike> extends Pick<RereadBitext, "name" | "hashes" | "read"> {
  /** The pairs as they were given, too. */
  again(): AsyncGenerator<GivenPair<P>[]>;
}

const BATCH_PAIRS = 1024;

/**
 * Makes pairs in memory readable more than once: all but an array are copied to a folder first.
 *
 * @throws OptionError, InputError, OutputError, and what the source throws
 */
export async function rereadPairs<P extends PairLike>(
  source: PairSource<P>,
  folder: string,
  signal?: AbortSignal,
): Promise<RereadPairs<P>> {
  let again = () => givenPairs(source, BATCH_PAIRS, signal);
  if (!Array.isArray(source)) {
    const path = join(folder, "pairs.spool");
    await spoolValues(path, batchesOf(again()));
    again = () => givenPairs(readSpool(path) as AsyncIterable<P[]>, BATCH_PAIRS, signal);
  }
  return {
    name: PAIRS_NAME,
    // They are of this run alone.
    hashes: async () => [PAIRS_NAME],
    again,
    read: async function* (): AsyncGenerator<Pair[], void, undefined> {
      for await (const batch of again()) yield batch.map(({ pair }) => pair);
    },
  };
}

async function* batchesOf<P extends PairLike>(batches: AsyncIterable<GivenPair<P>[]>): AsyncGenerator<P[]> {
  for await (const batch of batches) yield batch.map(({ given }) => given);
}
