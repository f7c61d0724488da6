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
