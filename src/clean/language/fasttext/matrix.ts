import type { ModelReader } from "./model-reader.js";
import { addQuantisedRow, dotQuantisedRow, type QuantisedMatrix, readQuantised } from "./quantised-matrix.js";

/** Rows of numbers as they are. */
export interface DenseMatrix {
  rows: number;
  dimensions: number;
  /** Row by row. */
  values: Float32Array;
}

/** Rows of numbers, as they are or packed; threads share them. */
export type Matrix = DenseMatrix | QuantisedMatrix;

export function readMatrix(reader: ModelReader, quantised: boolean): Matrix {
  if (quantised) return readQuantised(reader);
  const [rows, dimensions] = [reader.int64(), reader.int64()];
  reader.expect(4 * rows * dimensions);
  return { rows, dimensions, values: reader.float32s(rows * dimensions) };
}

/** Adds a row to `sum`, from `at` on. */
export function addRow(matrix: Matrix, row: number, sum: Float32Array, at: number): void {
  if ("codes" in matrix) {
    addQuantisedRow(matrix, row, sum, at);
    return;
  }
  const { values, dimensions } = matrix;
  const first = row * dimensions;
  for (let i = 0; i < dimensions; i++) sum[at + i] += values[first + i];
}

/** The dot product of a row and a vector. */
export function dotRow(matrix: Matrix, row: number, vector: Float32Array): number {
  if ("codes" in matrix) return dotQuantisedRow(matrix, row, vector);
  const { values, dimensions } = matrix;
  const first = row * dimensions;
  let sum = 0;
  for (let i = 0; i < dimensions; i++) sum += values[first + i] * vector[i];
  return sum;
}
