/** Token vectors of a batch: texts × paddedLength × dimensions, each text's tokens first. */
export interface TokenStates {
  data: Float32Array;
  paddedLength: number;
  dimensions: number;
}

/** Pools the tokens from `first` up to `end` of a text into `out`, which is as long as a token's vector. */
type Pool = (tokens: Float32Array, first: number, end: number, out: Float32Array) => void;

const add = (tokens: Float32Array, token: number, weight: number, out: Float32Array) => {
  const from = token * out.length;
  for (let i = 0; i < out.length; i++) out[i] += weight * tokens[from + i];
};

/** A sum over tokens, divided by what `divisor` makes of their weights' sum. */
const weighted: (weight: (token: number) => number, divisor: (sum: number) => number) => Pool =
  (weight, divisor) => (tokens, first, end, out) => {
    let sum = 0;
    for (let token = first; token < end; token++) {
      add(tokens, token, weight(token), out);
      sum += weight(token);
    }
    if (sum > 0) for (let i = 0; i < out.length; i++) out[i] /= divisor(sum);
  };

const POOLS = {
  // A prompt that is all of a text leaves it its first token.
  cls: (tokens, first, end, out) => add(tokens, first < end ? first : 0, 1, out),
  max: (tokens, first, end, out) => {
    out.fill(Number.NEGATIVE_INFINITY);
    for (let token = first; token < end; token++)
      for (let i = 0, from = token * out.length; i < out.length; i++)
        out[i] = Math.max(out[i], tokens[from + i]);
  },
  mean: weighted(
    () => 1,
    (sum) => sum,
  ),
  mean_sqrt_len_tokens: weighted(() => 1, Math.sqrt),
  weightedmean: weighted(
    (token) => token + 1,
    (sum) => sum,
  ),
  lasttoken: (tokens, first, end, out) => {
    if (first < end) add(tokens, end - 1, 1, out);
  },
} satisfies Record<string, Pool>;

/** Ways of making one vector of a text's token vectors, by sentence-transformers' names. */
export type PoolingMode = keyof typeof POOLS;
/** In the order in which sentence-transformers concatenates those that are switched on. */
export const POOLING_MODES = Object.keys(POOLS) as PoolingMode[];

/**
 * Pools each text's token vectors, padding left out; several modes are concatenated (Reimers & Gurevych 2019).
 *
 * @param lengths tokens of each text
 * @param first the first token that counts: beyond the prompt, where that is to be left out
 * @returns texts × (modes · dimensions)
 */
export function pool(
  states: TokenStates,
  lengths: readonly number[],
  modes: readonly PoolingMode[],
  first = 0,
): Float32Array {
  const { data, paddedLength, dimensions } = states;
  const pooled = new Float32Array(lengths.length * modes.length * dimensions);
  for (const [row, length] of lengths.entries()) {
    const tokens = data.subarray(row * paddedLength * dimensions, (row + 1) * paddedLength * dimensions);
    for (const [i, mode] of modes.entries()) {
      const start = (row * modes.length + i) * dimensions;
      POOLS[mode](tokens, first, length, pooled.subarray(start, start + dimensions));
    }
  }
  return pooled;
}
