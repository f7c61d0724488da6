import { type OrderedValues, orderValues } from "./ordered-values.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { type FindingRates, tellingSides } from "./share-of-right.js";

/** Pairs and their decoys in order, so that many weights of them can be tried. */
export interface OrderedPairs {
  pairs: SampledPairs;
  /** Scores of pairs, decoys of sources and decoys of targets, by {@link weightsOf}. */
  ordered: OrderedValues;
}

/** Puts scores and decoys in order once. */
export function orderPairs(pairs: SampledPairs): OrderedPairs {
  const { scores, decoys } = pairs;
  const none = new Float64Array(scores.length).fill(Number.NaN);
  const values = [scores, decoys.source ?? none, decoys.target ?? none];
  return { pairs, ordered: orderValues(Float64Array.from(values.flatMap((part) => [...part]))) };
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
