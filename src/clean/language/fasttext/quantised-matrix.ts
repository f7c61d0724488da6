import type { ModelReader } from "./model-reader.js";

/** Centroids of each part of a vector. */
const CENTROIDS = 256;

/**
 * Rows of a matrix that product quantisation has packed (Jégou et al. 2011; Joulin et al. 2016, FastText.zip). They stay
 * packed: half a megabyte stays in a processor's cache, three do not.
 */
export interface QuantisedMatrix {
  rows: number;
  dimensions: number;
  /** A centroid for each part of each row. */
  codes: Uint8Array;
  /** Numbers of a part; the last of a row may have fewer. */
  width: number;
  /** How many parts a row has. */
  parts: number;
  /** Part by part, each part's 256 centroids. */
  centroids: Float32Array;
  /** Lengths of the rows, where they were packed apart from the directions. */
  norms?: { codes: Uint8Array; centroids: Float32Array };
}

export function readQuantised(reader: ModelReader): QuantisedMatrix {
  const hasNorms = reader.uint8() === 1;
  const [rows, dimensions] = [reader.int64(), reader.int64()];
  const codes = reader.uint8s(reader.int32());
  const { width, centroids } = readCentroids(reader);
  const parts = Math.ceil(dimensions / width);
  if (width < 1 || codes.length !== rows * parts || centroids.length !== CENTROIDS * dimensions)
    reader.refuse(`it has ${codes.length} codes of ${width} numbers each for ${rows} rows of ${dimensions}`);
  const norms = hasNorms
    ? { codes: reader.uint8s(rows), centroids: readCentroids(reader).centroids }
    : undefined;
  return { rows, dimensions, codes, width, parts, centroids, norms };
}

/** Adds a row to `sum`, from `at` on; products are rounded to 32 bits, as fastText's are. */
export function addQuantisedRow(matrix: QuantisedMatrix, row: number, sum: Float32Array, at: number): void {
  const { codes, centroids, dimensions, width, parts } = matrix;
  const norm = normOf(matrix, row);
  const first = row * parts;
  for (let part = 0; part < parts; part++) {
    const start = part * width;
    const size = Math.min(width, dimensions - start);
    const from = start * CENTROIDS + codes[first + part] * size;
    for (let i = 0; i < size; i++) sum[at + start + i] += Math.fround(norm * centroids[from + i]);
  }
}

/** The dot product of a row and a vector. */
export function dotQuantisedRow(matrix: QuantisedMatrix, row: number, vector: Float32Array): number {
  const { codes, centroids, dimensions, width, parts } = matrix;
  const first = row * parts;
  let sum = 0;
  for (let part = 0; part < parts; part++) {
    const start = part * width;
    const size = Math.min(width, dimensions - start);
    const from = start * CENTROIDS + codes[first + part] * size;
    for (let i = 0; i < size; i++) sum += vector[start + i] * centroids[from + i];
  }
  return sum * normOf(matrix, row);
}

function normOf({ norms }: QuantisedMatrix, row: number): number {
  return norms ? norms.centroids[norms.codes[row]] : 1;
}

function readCentroids(reader: ModelReader): { width: number; centroids: Float32Array } {
  const dimensions = reader.int32();
  // How many parts there are, and how wide the last one is, follow from these two.
  reader.skip(4);
  const width = reader.int32();
  reader.skip(4);
  return { width, centroids: reader.float32s(dimensions * CENTROIDS) };
}
