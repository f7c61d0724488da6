/** Keeps the head of ordered candidates whose score reaches the threshold: all of a tie, or none. */
export function cutAtThreshold(ordered: Uint32Array, scores: Float64Array, threshold: number): Uint32Array {
  const below = ordered.findIndex((candidate) => scores[candidate] < threshold);
  return below === -1 ? ordered : ordered.subarray(0, below);
}
