import type { BlockVectors } from "./block-vectors.js";

/** Sentences whose blocks stand for all. */
const PLACES = 64;

/** The mean of some vectors. */
export function meanOf(data: Float32Array, dimensions: number): Float32Array {
  const mean = new Float64Array(dimensions);
  const rows = data.length / dimensions;
  for (let row = 0, i = 0; row < rows; row++) for (let d = 0; d < dimensions; d++) mean[d] += data[i++];
  return Float32Array.from(mean, (sum) => (rows === 0 ? 0 : sum / rows));
}

/**
 * The mean of a document's blocks, all sizes alike, of places that are spread evenly over it. The mean cosine of a vector
 * with all of them is its product with this.
 */
export async function meanOfBlocks(vectors: BlockVectors): Promise<Float32Array> {
  const { sentences, dimensions, longest } = vectors;
  const places = Math.min(PLACES, sentences);
  const sampled = new Float32Array(places * longest * dimensions);
  for (let place = 0; place < places; place++) {
    const sentence = Math.floor(((place + 0.5) * sentences) / places);
    sampled.set(await vectors.read(sentence, sentence + 1), place * longest * dimensions);
  }
  return meanOf(sampled, dimensions);
}
