/**
 * Puts candidates into the total order of all output, in place: score descending, then source, then target.
 *
 * Candidates are numbered by source, then target, so their numbers settle ties.
 */
export function orderByScore(candidates: Uint32Array, scores: Float64Array): Uint32Array {
  return candidates.sort((a, b) => scores[b] - scores[a] || a - b);
}
