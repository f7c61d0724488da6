import { mkdirSync, rmSync } from "node:fs";
import { GrowingArray } from "../arrays/growing-array.js";
import { explainWriteError } from "../files/output-error.js";
import type { FirstOccurrencesOptions, Firsts } from "./first-occurrences.js";
import { Spill } from "./spill.js";

/** Hashes, and what each is worth. */
export interface ValuedHashes {
  hashes: BigUint64Array;
  values: Float64Array;
}

/**
 * Which of some hashes, given a part at a time, are worth most of those that are equal: the first of several. Beside the
 * budget it holds 12 bytes a hash.
 *
 * @throws OutputError if they cannot be written; the reason of `signal` when it is aborted; what `parts` throws. The
 * folder is removed then
 */
export async function findBest(
  parts: AsyncIterable<ValuedHashes>,
  { folder, memoryBytes }: FirstOccurrencesOptions,
  signal?: AbortSignal,
): Promise<Firsts> {
  /** NaN for one that an equal one is better than. */
  const worth = new GrowingArray(Float64Array);
  /** The best of those that are equal, by the first of them. */
  const bestOf = new GrowingArray(Uint32Array);
  let dropped = 0;
  const onAgain = (first: number, place: number) => {
    const best = bestOf.at(first);
    const isBetter = worth.at(place) > worth.at(best);
    if (isBetter) bestOf.set(first, place);
    worth.set(isBetter ? best : place, Number.NaN);
    dropped++;
  };
  const close = () => rmSync(folder, { recursive: true, force: true });
  let spill: Spill | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    spill = new Spill({ folder, memoryBytes }, { onAgain });
    for await (const { hashes, values } of parts) {
      signal?.throwIfAborted();
      const halves = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
      for (const [i, value] of values.entries()) {
        bestOf.push(worth.length);
        worth.push(value);
        spill.add(halves[2 * i], halves[2 * i + 1], worth.length - 1);
      }
    }
    await spill.finish(signal);
  } catch (error) {
    spill?.close();
    close();
    throw explainWriteError(error, folder);
  }
  const { length } = worth;
  return {
    length,
    count: length - dropped,
    has: (position) => !Number.isNaN(worth.at(position)),
    [Symbol.dispose]: close,
  };
}
