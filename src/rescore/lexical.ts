/** A text's tokens with their weights, each token once. */
export type LexicalWeights = ReadonlyMap<number, number>;

/**
 * Of each token of a text the highest weight (Chen et al. 2024); a weight is at least 0.
 *
 * @param special tokens that stand for no text
 */
export function lexicalWeights(
  tokens: readonly number[],
  weights: Float32Array,
  special: ReadonlySet<number>,
): LexicalWeights {
  const found = new Map<number, number>();
  for (const [i, token] of tokens.entries()) {
    if (special.has(token)) continue;
    // A maximum that lets a NaN through.
    const [weight, before] = [Math.max(0, weights[i]), found.get(token) ?? 0];
    if (weight > before || Number.isNaN(weight)) found.set(token, weight);
  }
  return found;
}

/** The sum of the products of the weights that two texts give the tokens which both have. */
export function lexicalScore(source: LexicalWeights, target: LexicalWeights): number {
  let sum = 0;
  for (const [token, weight] of source) sum += weight * (target.get(token) ?? 0);
  return sum;
}
