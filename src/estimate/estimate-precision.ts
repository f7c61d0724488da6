import { decimalBetween } from "../statistics/decimal-between.js";
import { countFrom, type Descending } from "../statistics/descending.js";
import { percentiles } from "../statistics/percentiles.js";
import type { EstimatedPoint, PrecisionEstimate } from "../types/estimate.js";
import { drawCounts } from "./draw-counts.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { orderKinds, tellKinds } from "./tell-kinds.js";
import { untoldOf, withKnown } from "./untold.js";
import { whyFewLeft, whyUnknown } from "./why-unknown.js";

const RESAMPLES = 100;

const THRESHOLDS = 500;

/**
 * What is right among chosen pairs at every threshold, without gold.
 *
 * Pairs that cannot be right come from the run itself, as decoys do in proteomics (Elias & Gygi 2007): for each pair,
 * what its sentence would have been paired with if its partner had not been there. So it goes with a sentence that has
 * no translation: the scores of decoys show those of wrong pairs.
 *
 * This assumes that sentences with and without a translation are alike. Of pairs that the
 * encoder was trained on, their scores tell nothing: what is `known` of them is taken. It is too low where a sentence has
 * several translations. The interval holds 95 % of what each way to tell makes of 100 resamples of
 * at most 4,096 pairs: it tells of chance and of what these ways differ by, not of what all assume.
 *
 * @param sample pairs that stand for all
 * @param scores of all pairs, the highest first
 */
export function estimatePrecision(sample: SampledPairs, scores: Descending): PrecisionEstimate {
  const untold = untoldOf(sample);
  const unknown = whyUnknown(untold.pairs);
  if (unknown !== undefined) return { unknown };
  const kinds = orderKinds(untold.pairs);
  const told = tellKinds(kinds, countOnce(untold.pairs));
  const few = whyFewLeft(told.left, untold.places.length);
  if (few !== undefined) return { unknown: few };
  const resampled = Array.from({ length: RESAMPLES }, (_, seed) => {
    const counts = drawCounts(sample.scores.length, seed);
    const own = Float64Array.from(untold.places, (place) => counts[place]);
    return tellKinds(kinds, own, told).ways.map((chances) =>
      fromTop(withKnown(sample, untold, chances), counts),
    );
  }).flat();
  const precisions = fromTop(withKnown(sample, untold, told.chances), countOnce(sample));
  const last = precisions.length - 1;
  const points = placesOf(sample.scores).map((place): EstimatedPoint => {
    const pairs = countFrom(scores, sample.scores[place]);
    const next = pairs < scores.length ? scores.at(pairs)! : Number.NEGATIVE_INFINITY;
    const precision = precisions[place];
    const { low, high } = percentiles(
      resampled.map((values) => values[place]).filter((value) => !Number.isNaN(value)),
    );
    return {
      threshold: decimalBetween(next, sample.scores[place]),
      pairs,
      precision,
      // Few pairs may not have settled when steps end, and a resample goes on from there.
      low: Math.min(low, precision),
      high: Math.max(high, precision),
      recall: (precision * (place + 1)) / (precisions[last] * (last + 1)),
    };
  });
  return { points };
}

/**
 * How likely a pair of a score is right of which nothing is known before, by the same method.
 *
 * @returns nothing where it cannot be told
 */
export function chanceByScore(sample: SampledPairs): ((score: number) => number) | undefined {
  const { pairs } = untoldOf(sample);
  if (whyUnknown(pairs) !== undefined) return undefined;
  const { chances } = tellKinds(orderKinds(pairs), countOnce(pairs));
  return (score) => chances[Math.max(0, countFrom(pairs.scores, score) - 1)];
}

function countOnce({ scores }: SampledPairs): Float64Array {
  return new Float64Array(scores.length).fill(1);
}

/** The mean chance of the pairs down to each; NaN where none counts. */
function fromTop(chances: Float64Array, counts: Float64Array): Float64Array {
  let [right, all] = [0, 0];
  return chances.map((chance, i) => {
    right += chance * counts[i];
    all += counts[i];
    return right / all;
  });
}

/** Places in descending scores, evenly, each the last of its score: the lowest score is among them. */
function placesOf(scores: Float64Array): number[] {
  const ends = Array.from(scores.keys()).filter((i) => scores[i] !== scores[i + 1]);
  const size = Math.min(THRESHOLDS, ends.length);
  return Array.from({ length: size }, (_, i) => ends[Math.ceil(((i + 1) * ends.length) / size) - 1]);
}
