/**
 * Means of each text's token vectors, padding left out.
 *
 * @param states texts × paddedLength × dimensions
 * @param lengths tokens of each text, which come first
 * @returns texts × dimensions
 */
export function meanPool(
  states: Float32Array,
  lengths: readonly number[],
  paddedLength: number,
  dimensions: number,
): Float32Array {
  const pooled = new Float32Array(lengths.length * dimensions);
  for (const [row, length] of lengths.entries()) {
    const out = row * dimensions;
    for (let token = 0; token < length; token++) {
      const from = (row * paddedLength + token) * dimensions;
      for (let i = 0; i < dimensions; i++) pooled[out + i] += states[from + i];
    }
    for (let i = 0; i < dimensions; i++) pooled[out + i] /= length;
  }
  return pooled;
}
