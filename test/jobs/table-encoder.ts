import type { Encoder } from "../../src/types/encoder.js";

/** An encoder for tests: each text has the vector that the table gives it, made unit length. */
export function tableEncoder(vectors: Record<string, number[]>): Encoder {
  const dimensions = Object.values(vectors)[0].length;
  return {
    space: "table",
    dimensions,
    encode: async (texts) =>
      Float32Array.from(
        texts.flatMap((text) => {
          const vector = vectors[text];
          const length = Math.hypot(...vector) || 1;
          return vector.map((value) => value / length);
        }),
      ),
  };
}
