import { Bits } from "../../store/hashes/bits.js";
import { findFirsts } from "../../store/hashes/find-firsts.js";
import type { FirstOccurrencesOptions } from "../../store/hashes/first-occurrences.js";

/**
 * Finds the documents that share a key with an earlier one, whether that one was kept or not: of a chain of documents,
 * each near the next, only the first stays. Two documents that are not near each other both stay, even if a later one
 * is near both. A key belongs to one band, so the first occurrences of all keys suffice, within any memory: 16 bytes of
 * disk for each key where memory is full. The folder is removed at the end.
 *
 * @param keys the documents' keys in their order, the same number for each, as `openBandKeys` gives them
 * @throws OutputError if they cannot be written; the reason of `signal` when it is aborted
 */
export async function findNearEarlier(
  keys: Iterable<BigUint64Array>,
  documents: number,
  options: FirstOccurrencesOptions,
  signal?: AbortSignal,
): Promise<Bits> {
  const near = new Bits();
  if (documents === 0) return near;
  using firsts = await findFirsts(keys, options, signal);
  const bands = firsts.length / documents;
  for (let document = 0, position = 0; document < documents; document++) {
    let seen = false;
    for (let band = 0; band < bands; band++) if (!firsts.has(position++)) seen = true;
    near.push(seen);
  }
  return near;
}
