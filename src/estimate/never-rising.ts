/**
 * The values nearest to the given ones, by weighted squares, that never rise: neighbours that do are pooled into their
 * mean (Ayer et al. 1955).
 */
export function neverRising(values: Float64Array, weights: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  const sums = new Float64Array(values.length);
  const ends = new Uint32Array(values.length);
  let pools = 0;
  for (let i = 0; i < values.length; i++) {
    let [mean, weight] = [values[i], weights[i]];
    while (pools > 0 && means[pools - 1] <= mean) {
      pools--;
      const sum = sums[pools] + weight;
      if (sum > 0) mean = (means[pools] * sums[pools] + mean * weight) / sum;
      weight = sum;
    }
    [means[pools], sums[pools], ends[pools]] = [mean, weight, i + 1];
    pools++;
  }
  const settled = new Float64Array(values.length);
  for (let pool = 0; pool < pools; pool++)
    settled.fill(means[pool], pool === 0 ? 0 : ends[pool - 1], ends[pool]);
  return settled;
}
