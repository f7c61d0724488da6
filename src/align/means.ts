/** The mean of some vectors. The mean cosine of another one with all of them is its product with this. */
export function meanOf(data: Float32Array, dimensions: number): Float32Array {
  const mean = new Float64Array(dimensions);
  const rows = data.length / dimensions;
  for (let row = 0, i = 0; row < rows; row++) for (let d = 0; d < dimensions; d++) mean[d] += data[i++];
  return Float32Array.from(mean, (sum) => (rows === 0 ? 0 : sum / rows));
}
