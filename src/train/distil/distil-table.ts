import { ModelError } from "../../errors.js";
import { sum } from "../../statistics/sum.js";
import type { PrincipalAxes } from "./principal-axes.js";
import { openGram, openProjection } from "./products.js";

/** The vectors that an encoder gives a tokenizer's pieces; a row of zeros is of a piece without text. */
export interface PieceVectors {
  readonly rows: number;
  readonly dimensions: number;
  /** The mean of the rows that are not zero. */
  readonly mean: ArrayLike<number>;
  read(start: number, end: number): Promise<Float32Array>;
}

export interface DistilledTable {
  rows: number;
  dimensions: number;
  /** The share of the vectors' variance that the kept components hold. */
  explained: number;
  /** The table's rows from the first; a piece without text has zeros. */
  blocks(): AsyncIterable<Float32Array>;
}

const BLOCK = 4096;
const STANDARD_DEVIATION = 0.1;

/**
 * Makes a static table of pieces' vectors: the mean subtracted, rotated to their principal axes, column j divided by
 * √(its standard deviation), row i multiplied by its weight, all scaled to a standard deviation of 0.1.
 *
 * Undivided, a few columns decide every cosine; divided by the whole standard deviation, the last count as much as the
 * first. Memory: blocks of rows, and dimensions² numbers.
 *
 * @param dimensions how many components are kept
 * @throws ModelError if all vectors are the same
 */
export async function distilTable(
  vectors: PieceVectors,
  weights: Float64Array,
  dimensions: number,
): Promise<DistilledTable> {
  const { principalAxes } = await import("./principal-axes.js");
  const principal = principalAxes(await covarianceOf(vectors), vectors.dimensions);
  const projection = { data: dividedAxes(principal, dimensions), dimensions };
  const deviation = await deviationOf(project(vectors, weights, projection));
  if (deviation === 0)
    throw new ModelError(
      "The encoder gives every piece of its tokenizer the same vector, so there is nothing to distil.",
    );
  return {
    rows: vectors.rows,
    dimensions,
    explained: sum(principal.variances.subarray(0, dimensions)) / sum(principal.variances),
    blocks: async function* () {
      for await (const block of project(vectors, weights, projection))
        yield Float32Array.from(block, (value) => (value / deviation) * STANDARD_DEVIATION);
    },
  };
}

async function covarianceOf(vectors: PieceVectors): Promise<Float64Array> {
  const { dimensions } = vectors;
  const sums = new Float64Array(dimensions * dimensions);
  await using gram = await openGram();
  let filled = 0;
  for await (const block of centredBlocks(vectors)) {
    const products = await gram.run({ data: block.data, dimensions });
    for (let i = 0; i < sums.length; i++) sums[i] += products[i];
    filled += block.filled;
  }
  return sums.map((value) => value / Math.max(1, filled));
}

/** The first axes, column j divided by √(standard deviation along it); one without variance is left out. */
function dividedAxes({ variances, axes }: PrincipalAxes, kept: number): Float64Array {
  const dimensions = variances.length;
  const columns = new Float64Array(dimensions * kept);
  for (let row = 0; row < dimensions; row++) {
    for (let column = 0; column < kept; column++) {
      const divisor = variances[column] ** 0.25;
      columns[row * kept + column] = divisor === 0 ? 0 : axes[row * dimensions + column] / divisor;
    }
  }
  return columns;
}

async function* project(
  vectors: PieceVectors,
  weights: Float64Array,
  projection: { data: Float64Array; dimensions: number },
): AsyncGenerator<Float64Array> {
  await using product = await openProjection();
  for await (const { data, first } of centredBlocks(vectors)) {
    const block = await product.run({ data, dimensions: vectors.dimensions }, projection);
    const { dimensions } = projection;
    for (let i = 0; i < block.length; i++) block[i] *= weights[first + Math.floor(i / dimensions)];
    yield block;
  }
}

/** The rows less their mean, in float64; those of zeros stay so. */
async function* centredBlocks({ rows, dimensions, mean, read }: PieceVectors) {
  for (let first = 0; first < rows; first += BLOCK) {
    const data = Float64Array.from(await read(first, Math.min(first + BLOCK, rows)));
    let filled = 0;
    for (let start = 0; start < data.length; start += dimensions) {
      const row = data.subarray(start, start + dimensions);
      if (row.every((value) => value === 0)) continue;
      for (let i = 0; i < dimensions; i++) row[i] -= mean[i];
      filled++;
    }
    yield { data, first, filled };
  }
}

/** Of all numbers of a table, about their mean. */
async function deviationOf(blocks: AsyncIterable<Float64Array>): Promise<number> {
  let [count, sum, squares] = [0, 0, 0];
  for await (const block of blocks) {
    for (const value of block) {
      sum += value;
      squares += value * value;
    }
    count += block.length;
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
