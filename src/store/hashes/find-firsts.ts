import { FirstOccurrences, type FirstOccurrencesOptions, type Firsts } from "./first-occurrences.js";

/**
 * Which of some hashes, given a part at a time, are the first of their value.
 *
 * @throws OutputError if they cannot be written; the reason of `signal` when it is aborted; what `parts` throws. The
 * folder is removed then
 */
export async function findFirsts(
  parts: Iterable<BigUint64Array> | AsyncIterable<BigUint64Array>,
  options: FirstOccurrencesOptions,
  signal?: AbortSignal,
): Promise<Firsts> {
  const occurrences = new FirstOccurrences(options);
  try {
    for await (const hashes of parts) {
      signal?.throwIfAborted();
      occurrences.add(hashes);
    }
    return await occurrences.finish(signal);
  } catch (error) {
    occurrences.close();
    throw error;
  }
}
