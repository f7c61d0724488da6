/** Gives every row of a row-major matrix the length 1, in place; a row of zeros stays as it is. */
export function normaliseRows(vectors: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const end = start + dimensions;
    let squares = 0;
    for (let i = start; i < end; i++) squares += vectors[i] * vectors[i];
    if (squares === 0) continue;
    const scale = 1 / Math.sqrt(squares);
    for (let i = start; i < end; i++) vectors[i] *= scale;
  }
  return vectors;
}

/** How far the square of a float32 row's length may be from 1 for the row to count as normalised. */
const TOLERANCE = 1e-5;

/** Normalises the rows that are not unit length already, in place: rows that are stay the same to the last bit. */
export function unitRows(vectors: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const row = vectors.subarray(start, start + dimensions);
    const squares = row.reduce((sum, value) => sum + value * value, 0);
    if (Math.abs(squares - 1) > TOLERANCE) normaliseRows(row, dimensions);
  }
  return vectors;
}
