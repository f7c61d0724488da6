/** The mean of some vectors. The mean cosine of another one with all of them is its product with this. */
export function meanOf(windows: Iterable<Float32Array>, dimensions: number): Float32Array {
  const mean = new Float64Array(dimensions);
  let rows = 0;
  for (const window of windows) {
    for (let i = 0; i < window.length; ) for (let d = 0; d < dimensions; d++) mean[d] += window[i++];
    rows += window.length / dimensions;
  }
  return Float32Array.from(mean, (sum) => (rows === 0 ? 0 : sum / rows));
}
