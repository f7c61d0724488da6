import { type OrderedValues, orderValues } from "./ordered-values.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { type FindingRates, tellingSides } from "./share-of-right.js";
import { LEAST_DECOYS } from "./why-unknown.js";

/** Pairs and decoys of which the wrong ones' scores lie on one curve. */
export interface PairGroup {
  /** Which pairs they are, from the highest score down. */
  pairs: Uint32Array;
  /** The scores of these. */
  scores: Float64Array;
  /** Scores of pairs, decoys of sources and decoys of targets, by {@link weightsOf}. */
  ordered: OrderedValues;
}

/** Pairs and their decoys in order, so that many weights of them can be tried. */
export interface OrderedPairs {
  pairs: SampledPairs;
  all: PairGroup;
  /** Those that are each other's first choice, and the others; absent where that tells nothing. */
  byChoice?: readonly PairGroup[];
}

/** Puts scores and decoys in order once. */
export function orderPairs(pairs: SampledPairs): OrderedPairs {
  const { scores, decoys, mutual } = pairs;
  const { length } = scores;
  const none = new Float64Array(length).fill(Number.NaN);
  const values = [scores, decoys.source ?? none, decoys.target ?? none].flatMap((part) => [...part]);
  const groupOf = (has: (place: number) => boolean): PairGroup => ({
    pairs: Uint32Array.from(scores.keys()).filter(has),
    scores: scores.filter((_, place) => has(place)),
    ordered: orderValues(Float64Array.from(values, (value, place) => (has(place) ? value : Number.NaN))),
  });
  const all = groupOf(() => true);
  if (mutual === undefined) return { pairs, all };
  const isMutual = [mutual.pairs, mutual.source, mutual.target].flatMap((part) => [...part]);
  const [first, others] = [
    groupOf((place) => isMutual[place] === 1),
    groupOf((place) => isMutual[place] === 0),
  ];
  const found = first.ordered.values.length - first.pairs.length;
  return { pairs, all, byChoice: found < LEAST_DECOYS ? undefined : [first, others] };
}

/** How much a decoy counts beside a pair: it is only like a wrong one (a power prior, Ibrahim & Chen 2000). */
const DECOY = 0.7;

/** How much each ordered value tells of wrong pairs: a pair as far as it is wrong, a decoy as far as its pair is right. */
export function weightsOf(right: Float64Array, counts: Float64Array, rates: FindingRates): Float64Array {
  const { length } = right;
  const weights = new Float64Array(3 * length);
  const telling = tellingSides(rates);
  const [source, target] = (["source", "target"] as const).map((side) =>
    telling.includes(side) ? DECOY : 0,
  );
  for (let i = 0; i < length; i++) {
    weights[i] = counts[i] - right[i];
    weights[length + i] = source * right[i];
    weights[2 * length + i] = target * right[i];
  }
  return weights;
}
