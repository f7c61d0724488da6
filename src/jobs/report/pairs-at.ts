import type { Pair } from "../../types/bitexts.js";

/** The pairs of some numbers, from 0. */
export async function pairsAt(
  pairs: AsyncIterable<Pair>,
  numbers: Iterable<number>,
): Promise<Map<number, Pair>> {
  const wanted = new Set(numbers);
  const found = new Map<number, Pair>();
  let number = 0;
  for await (const pair of pairs) {
    if (wanted.has(number)) found.set(number, pair);
    number++;
    if (found.size === wanted.size) break;
  }
  return found;
}
