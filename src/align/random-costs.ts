import { dot } from "../statistics/dot.js";
import { randomNumbers } from "../statistics/random-numbers.js";

/** Sampled pairs: the percentile of as many is off by a hundredth. */
const SAMPLE = 1000;

/** How far from what translations may cost to the cheapest other pair: of equal texts they cost nothing. */
const BEYOND = 0.1;

/** Sentences of one document, by their vectors. */
export interface Singles {
  data: Float32Array;
  dimensions: number;
  /** The mean of the other document's vectors. */
  others: Float32Array;
}

/**
 * A percentile of what sentences cost with random ones of the other document (Thompson & Koehn 2019): how much a pair may
 * cost before its sentences had better stand alone depends on the encoder and the texts. Of short documents many of these
 * pairs are translations; it is more than what as many as there can be cost.
 *
 * @param share of random pairs that cost less
 */
export function randomCost(source: Singles, target: Singles, share: number): number {
  const [rows, columns] = [rowsOf(source), rowsOf(target)];
  if (rows === 0 || columns === 0) return 1;
  const all = rows * columns <= SAMPLE;
  const random = randomNumbers(0);
  const costs = Float64Array.from({ length: all ? rows * columns : SAMPLE }, (_, i) =>
    all
      ? pairCost(source, Math.floor(i / columns), target, i % columns)
      : pairCost(source, Math.floor(random() * rows), target, Math.floor(random() * columns)),
  ).sort();
  const percentile = costs[Math.floor(share * (costs.length - 1))];
  const translations = Math.max(1, Math.floor(costs.length / Math.max(rows, columns)));
  const highest = costs[translations - 1];
  const next = costs[translations] ?? highest;
  return Math.max(percentile, highest + BEYOND * (next - highest));
}

const rowsOf = ({ data, dimensions }: Singles) => data.length / dimensions;

function pairCost(source: Singles, row: number, target: Singles, column: number): number {
  return normalisedCost(
    dot(source, row, target, column),
    1 - dot(source, row, { data: source.others }, 0),
    1 - dot(target, column, { data: target.others }, 0),
  );
}

/** How unlike two blocks are, by how unlike each is to random others (Thompson & Koehn 2019): 1 is no better than chance. */
export function normalisedCost(cosine: number, unlikeX: number, unlikeY: number): number {
  return (2 * (1 - cosine)) / (1e-6 + unlikeX + unlikeY);
}
