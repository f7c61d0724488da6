import type { Vectors } from "../types/vectors.js";

/**
 * For each query, how near its own partner is: 1 if nothing is nearer. Query i's partner is row i of the others; of
 * equal cosines the lower index is the nearer. A vector of zeros is near to nothing: its rank is infinite.
 *
 * Every cosine is computed, in float64: queries × others × dimensions products, about a second for a billion.
 */
export function ranksOfPartners(queries: Vectors, others: Vectors): Float64Array {
  const isZero = Array.from({ length: others.rows }, (_, j) => dot(others, j, others, j) === 0);
  return Float64Array.from({ length: queries.rows }, (_, i) => {
    if (isZero[i] || dot(queries, i, queries, i) === 0) return Number.POSITIVE_INFINITY;
    const partner = dot(queries, i, others, i);
    let rank = 1;
    for (let j = 0; j < others.rows; j++) {
      if (j === i || isZero[j]) continue;
      const cosine = dot(queries, i, others, j);
      if (cosine > partner || (cosine === partner && j < i)) rank++;
    }
    return rank;
  });
}

function dot(a: Vectors, row: number, b: Vectors, other: number): number {
  const { dimensions } = a;
  let [i, j] = [row * dimensions, other * dimensions];
  let sum = 0;
  for (const end = i + dimensions; i < end; i++, j++) sum += a.data[i] * b.data[j];
  return sum;
}

/** Share of queries whose partner is among the first k (recall@k); with k = 1, the closed-set accuracy of Tatoeba. */
export function recallAt(ranks: Float64Array, k: number): number {
  return ranks.filter((rank) => rank <= k).length / ranks.length;
}

/** Mean of 1 / rank. */
export function meanReciprocalRank(ranks: Float64Array): number {
  return ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
}
