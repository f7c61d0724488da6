import { sum } from "../statistics/sum.js";
import { type OrderedPairs, orderPairs } from "./ordered-pairs.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { type ToldApart, tellApart } from "./tell-apart.js";
import { countDecoys, LEAST_DECOYS } from "./why-unknown.js";

/** Right and wrong pairs, told apart by each kind of decoys. */
export interface ToldKinds {
  /** How likely each pair is right, from the highest score down. */
  chances: Float64Array;
  /** The same as each way told it by which the last kind was told: {@link chances} are their mean. */
  ways: readonly Float64Array[];
  /** How many pairs were left for the last kind. */
  left: number;
  /** What each kind told. */
  kinds: readonly ToldApart[];
}

/**
 * Pairs in order, once for each kind of decoys of which there are enough. Strangers come first: what scores as they do is
 * wrong whatever the others tell.
 */
export function orderKinds(sample: SampledPairs): OrderedPairs[] {
  const { strangers, ...pairs } = sample;
  const kinds = [{ ...pairs, mutual: undefined, decoys: { source: strangers } }, pairs];
  return kinds.filter(({ decoys }) => countDecoys(decoys) >= LEAST_DECOYS).map(orderPairs);
}

/**
 * How likely each pair is wrong in none of the ways that decoys show: of those that one kind leaves, the next tells which
 * are right.
 *
 * @param counts how often each pair counts
 * @param start what all pairs told, where counts are a resample of them
 */
export function tellKinds(
  ordered: readonly OrderedPairs[],
  counts: Float64Array,
  start?: ToldKinds,
): ToldKinds {
  const kinds: ToldApart[] = [];
  let chances = new Float64Array(counts.length).fill(1);
  let [left, ways] = [counts, [chances]];
  for (const [i, pairs] of ordered.entries()) {
    left = counts.map((count, pair) => count * chances[pair]);
    const told = tellApart(pairs, { counts: left, start: start?.kinds[i] });
    const before = chances;
    const andBefore = (of: Float64Array) => of.map((chance, pair) => chance * before[pair]);
    ways = told.ways.map(({ settled }) => andBefore(settled.chances));
    chances = andBefore(told.chances);
    kinds.push(told);
  }
  return { chances, ways, left: sum(left), kinds };
}
