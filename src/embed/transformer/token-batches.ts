import { availableParallelism } from "node:os";
import { mapOrdered } from "../../flow/map-ordered.js";

/** Padding included. Larger batches leave the processor's cache and gain nothing. */
export const TOKENS_A_BATCH = 2048;

/** Enough for every thread of a machine to have one, and the next one waiting. */
const BATCHES_AT_ONCE = 2 * availableParallelism();

/** Texts that go through a model together: their numbers, and the length that all are padded to. */
export interface TokenBatch {
  rows: number[];
  paddedLength: number;
}

/**
 * Puts texts of like length together, so that little padding is computed.
 *
 * The batches depend on the lengths alone: an int8 model quantises a batch at a time, so a vector depends on which
 * texts it shares a batch with.
 *
 * @param lengths tokens of each text
 * @param budget most tokens of a batch, padding included; a longer text is a batch of its own
 */
export function cutTokenBatches(lengths: readonly number[], budget: number): TokenBatch[] {
  const longestFirst = [...lengths.keys()].sort((a, b) => lengths[b] - lengths[a] || a - b);
  const batches: TokenBatch[] = [];
  for (let start = 0; start < longestFirst.length; ) {
    const paddedLength = lengths[longestFirst[start]];
    const size = Math.max(1, Math.floor(budget / Math.max(1, paddedLength)));
    batches.push({ rows: longestFirst.slice(start, start + size), paddedLength });
    start += size;
  }
  return batches;
}

/**
 * What a model gives of texts, batch by batch: several are in it at a time, and come in their order.
 *
 * @param lengths tokens of each text
 */
export function mapTokenBatches<R>(
  lengths: readonly number[],
  map: (batch: TokenBatch) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R> {
  return mapOrdered(cutTokenBatches(lengths, TOKENS_A_BATCH), BATCHES_AT_ONCE, async (batch) => {
    signal?.throwIfAborted();
    return map(batch);
  });
}
