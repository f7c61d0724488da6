import { randomNumbers } from "../statistics/random-numbers.js";
import { dot } from "./dot.js";

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
  const { dimensions } = source;
  const x = source.data.subarray(row * dimensions, (row + 1) * dimensions);
  const y = target.data.subarray(column * dimensions, (column + 1) * dimensions);
  return normalisedCost(dot(x, y), 1 - dot(x, source.others), 1 - dot(y, target.others));
}

/** How unlike two blocks are, by how unlike each is to random others (Thompson & Koehn 2019): 1 is no better than chance. */
export function normalisedCost(cosine: number, unlikeX: number, unlikeY: number): number {
  return (2 * (1 - cosine)) / (1e-6 + unlikeX + unlikeY);
}
