import type { Encoder } from "../../src/types/encoder.js";

/** An encoder of its own making: a text's letters, counted by their code modulo the dimensions. */
export function letterEncoder(
  dimensions = 16,
  space = `letters-${dimensions}`,
): Encoder & { encoded: number } {
  const encoder = {
    space,
    dimensions,
    encoded: 0,
    encode: async (texts: readonly string[]) => {
      encoder.encoded += texts.length;
      const vectors = new Float32Array(texts.length * dimensions);
      for (const [row, text] of texts.entries()) {
        const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
        for (const letter of text) vector[letter.codePointAt(0)! % dimensions]++;
        const length = Math.hypot(...vector);
        for (let i = 0; i < dimensions; i++) vector[i] /= length;
      }
      return vectors;
    },
  };
  return encoder;
}
