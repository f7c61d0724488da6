import type { SearchType } from "../../../search/coding.js";
import { SAMPLED_ROWS, TRAINING_ROUNDS } from "../../../search/ivf/centroids.js";
import { countLists } from "./ivf-effort.js";

/** How much there is to search. */
export interface SearchSize {
  source: number;
  target: number;
  dimensions: number;
}

/**
 * Nanoseconds of one core of an AMD EPYC with AVX-512, both directions. They are constants, and no measurement of the
 * machine at hand, so that every machine makes the same choice; only their ratios matter.
 */
const MULTIPLIED: Record<SearchType, number> = { float32: 1 / 95, int8: 1 / 250 };
/** Whether a product is among the largest. */
const COMPARED = 0.5;
/** To read and encode a number of a row three times, in any order. */
const ENCODED = 15;
/** To choose a row's nearest lists, and to call for its products. */
const LOOKED_UP = 8000;
/** To gather a row for one of the lists that it looks at. */
const GATHERED = 180;

/** For each centroid, how many rows all of them are compared with when they are trained. */
const TRAINED = TRAINING_ROUNDS * SAMPLED_ROWS;

const pairCost = (type: SearchType, dimensions: number) => COMPARED + dimensions * MULTIPLIED[type];

/** What it costs to compare every pair, in nanoseconds. */
export function exactCost(type: SearchType, { source, target, dimensions }: SearchSize): number {
  return source * target * pairCost(type, dimensions);
}

/** What it costs to train an inverted file and to join the sides by it, in nanoseconds. */
export function ivfCost({ source, target, dimensions }: SearchSize, probes: number): number {
  const lists = countLists(source, target);
  const training = Math.min(TRAINED * lists, TRAINING_ROUNDS * (source + target)) * lists;
  // All rows look for their lists; those of the target have looked for their nearest before.
  const lookup = (source + 2 * target) * lists;
  const join = source * target * Math.min(1, (2 * probes) / lists);
  const row = LOOKED_UP + GATHERED * probes + ENCODED * dimensions;
  return (training + lookup + join) * pairCost("int8", dimensions) + (source + target) * row;
}
