import { dot } from "../statistics/dot.js";
import { randomNumbers } from "../statistics/random-numbers.js";

/** Sampled pairs: the percentile of as many is off by a hundredth. */
const SAMPLE = 1000;

/** How far from what translations may cost to the cheapest other pair: of equal texts they cost nothing. */
const BEYOND = 0.1;

/** Sentences of one document, by their vectors. */
export interface Singles {
  rows: number;
  row(number: number): Float32Array;
  /** The mean of the other document's vectors. */
  others: Float32Array;
}

/** Sentences that are in memory, row by row. */
export function singlesOf(data: Float32Array, dimensions: number, others: Float32Array): Singles {
  const row = (number: number) => data.subarray(number * dimensions, (number + 1) * dimensions);
  return { rows: data.length / dimensions, row, others };
}

/**
 * A percentile of what sentences cost with random ones of the other document (Thompson & Koehn 2019): how much a pair may
 * cost before its sentences had better stand alone depends on the encoder and the texts. Of short documents many of these
 * pairs are translations; it is more than what as many as there can be cost.
 *
 * @param share of random pairs that cost less
 */
export function randomCost(source: Singles, target: Singles, share: number): number {
  const [rows, columns] = [source.rows, target.rows];
  if (rows === 0 || columns === 0) return 1;
  const all = rows * columns <= SAMPLE;
  const random = randomNumbers(0);
  const costs = Float64Array.from({ length: all ? rows * columns : SAMPLE }, (_, i) =>
    all
      ? pairCost(source, target, Math.floor(i / columns), i % columns)
      : pairCost(source, target, Math.floor(random() * rows), Math.floor(random() * columns)),
  ).sort();
  const percentile = costs[Math.floor(share * (costs.length - 1))];
  const translations = Math.max(1, Math.floor(costs.length / Math.max(rows, columns)));
  const highest = costs[translations - 1];
  const next = costs[translations] ?? highest;
  return Math.max(percentile, highest + BEYOND * (next - highest));
}

function pairCost(source: Singles, target: Singles, row: number, column: number): number {
  const [x, y] = [source.row(row), target.row(column)];
  return normalisedCost(product(x, y), 1 - product(x, source.others), 1 - product(y, target.others));
}

const product = (x: Float32Array, y: Float32Array) =>
  dot({ data: x, dimensions: x.length }, 0, { data: y }, 0);

/** How unlike two blocks are, by how unlike each is to random others (Thompson & Koehn 2019): 1 is no better than chance. */
export function normalisedCost(cosine: number, unlikeX: number, unlikeY: number): number {
  return (2 * (1 - cosine)) / (1e-6 + unlikeX + unlikeY);
}
