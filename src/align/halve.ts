/**
 * Vectors of half as many rows: the sum of each two, less the mean of all, of unit length (Thompson & Koehn 2019). The
 * last of an odd number is left out.
 */
export function halve(vectors: Float32Array, dimensions: number): Float32Array {
  const rows = Math.floor(vectors.length / dimensions / 2);
  const half = new Float32Array(rows * dimensions);
  const mean = new Float64Array(dimensions);
  for (let row = 0; row < rows; row++) {
    const [at, from] = [row * dimensions, 2 * row * dimensions];
    for (let d = 0; d < dimensions; d++) {
      const sum = vectors[from + d] + vectors[from + dimensions + d];
      half[at + d] = sum;
      mean[d] += sum;
    }
  }
  for (let row = 0; row < rows; row++) {
    const at = row * dimensions;
    let squares = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = half[at + d] - mean[d] / rows;
      half[at + d] = value;
      squares += value * value;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let d = 0; d < dimensions; d++) half[at + d] *= scale;
  }
  return half;
}
