import { countFrom, type Descending } from "../statistics/descending.js";
import { percentiles } from "../statistics/percentiles.js";
import type { EstimatedPoint, PrecisionEstimate } from "../types/estimate.js";
import { drawCounts } from "./draw-counts.js";
import type { SampledPairs } from "./sampled-pairs.js";
import { orderKinds, tellKinds } from "./tell-kinds.js";
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
 * This assumes that sentences with and without a translation are alike. It is too sure where vectors were trained on
 * these very pairs, and too low where a sentence has several translations. The interval holds 95 % of 100 resamples of
 * at most 4,096 pairs: it tells of chance, not of what the assumptions may be wrong by.
 *
 * @param sample pairs that stand for all
 * @param scores of all pairs, the highest first
 */
export function estimatePrecision(sample: SampledPairs, scores: Descending): PrecisionEstimate {
  const unknown = whyUnknown(sample);
  if (unknown !== undefined) return { unknown };
  const kinds = orderKinds(sample);
  const once = countOnce(sample);
  const told = tellKinds(kinds, once);
  const few = whyFewLeft(told.left, once.length);
  if (few !== undefined) return { unknown: few };
  const resampled = Array.from({ length: RESAMPLES }, (_, seed) => {
    const counts = drawCounts(once.length, seed);
    return fromTop(tellKinds(kinds, counts, told).chances, counts);
  });
  const precisions = fromTop(told.chances, once);
  const last = once.length - 1;
  const points = placesOf(sample.scores).map(
    (place): EstimatedPoint => ({
      threshold: sample.scores[place],
      pairs: countFrom(scores, sample.scores[place]),
      precision: precisions[place],
      ...percentiles(resampled.map((values) => values[place]).filter((value) => !Number.isNaN(value))),
      recall: (precisions[place] * (place + 1)) / (precisions[last] * (last + 1)),
    }),
  );
  return { points };
}

/**
 * The share that is right of the pairs of at least one score, by the same method, without an interval.
 *
 * @returns nothing where it cannot be told
 */
export function precisionFrom(sample: SampledPairs, threshold: number): number | undefined {
  if (whyUnknown(sample) !== undefined) return undefined;
  const { chances } = tellKinds(orderKinds(sample), countOnce(sample));
  const kept = countFrom(sample.scores, threshold);
  return kept === 0 ? undefined : chances.subarray(0, kept).reduce((sum, chance) => sum + chance, 0) / kept;
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
