import { dot } from "../statistics/dot.js";
import { randomNumbers } from "../statistics/random-numbers.js";

/** Sampled pairs: the percentile of as many is off by a hundredth. */
const SAMPLE = 1000;

/** Sentences of one document, by their vectors. */
export interface Singles {
  data: Float32Array;
  dimensions: number;
  /** The mean of the other document's vectors. */
  others: Float32Array;
}

/**
 * A percentile of what sentences cost with random ones of the other document (Thompson & Koehn 2019): how much a pair may
 * cost before its sentences had better stand alone depends on the encoder and the texts.
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
  return costs[Math.floor(share * (costs.length - 1))];
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
