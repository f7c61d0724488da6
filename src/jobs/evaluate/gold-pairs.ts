import { InputError } from "../../errors.js";
import { givenPairs } from "../../steps/bitexts/given-pairs.js";
import type { PairLike } from "../../types/bitexts.js";
import type { Remark } from "../../wording.js";
import { type GoldPairs, readGold } from "./gold.js";

/** Gold pairs that a program has: of texts, or of identifiers. */
export type GoldSource = Iterable<GoldPair> | AsyncIterable<GoldPair>;

/** A gold pair: `{ source, target }`, or the two. */
export type GoldPair = PairLike | readonly [source: string, target: string];

/** What messages call gold pairs. */
export const nameOfGold = (gold: string | GoldSource) => (typeof gold === "string" ? gold : "the gold pairs");

/**
 * Gold pairs of a file or in memory, as `source⇥target`.
 *
 * @throws InputError if one is no pair, or there is none
 */
export async function goldPairs(
  gold: string | GoldSource,
  onNote?: (note: Remark) => void,
): Promise<GoldPairs> {
  if (typeof gold === "string") return readGold(gold, onNote);
  const pairs = new Set<string>();
  for await (const batch of givenPairs(named(gold), 1024))
    for (const { pair } of batch) pairs.add(`${inTsv(pair.source)}\t${inTsv(pair.target)}`);
  if (pairs.size === 0) throw new InputError({ path: nameOfGold(gold) }, "are none; expected pairs.");
  return pairs;
}

async function* named(gold: GoldSource): AsyncGenerator<PairLike> {
  for await (const pair of gold) {
    if (!Array.isArray(pair)) yield pair as PairLike;
    else if (pair.length === 2) yield { source: pair[0], target: pair[1] };
    else throw new InputError({ path: nameOfGold(gold) }, `one has ${pair.length} elements; expected two.`);
  }
}

/** A text as it stands in TSV output. */
export function inTsv(text: string): string {
  return text.trim().replace(/[\t\n\r]+/g, " ");
}
