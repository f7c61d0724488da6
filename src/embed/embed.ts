import { mapOrdered } from "../flow/map-ordered.js";
import type { Encoder, Texts, Vectors } from "../types.js";

/**
 * Lines that are embedded together. Batches are cut within a window, so a vector depends on its window and on nothing
 * else.
 */
const WINDOW = 2048;

/** While one window is in the model, the next is being tokenised. */
const WINDOWS_AT_ONCE = 2;

export interface EmbedOptions {
  signal?: AbortSignal;
  /** Called with the number of texts embedded so far. */
  onProgress?: (embedded: number) => void;
}

/** Embeds texts, one row a text. Memory: 4 · texts · dimensions bytes. */
export async function embed(
  texts: Texts,
  encoder: Encoder,
  { signal, onProgress }: EmbedOptions = {},
): Promise<Vectors> {
  const { dimensions } = encoder;
  const data = new Float32Array(texts.length * dimensions);
  let row = 0;
  for await (const vectors of mapOrdered(textWindows(texts), WINDOWS_AT_ONCE, (window) =>
    encoder.encode(window),
  )) {
    signal?.throwIfAborted();
    data.set(vectors, row * dimensions);
    row += vectors.length / dimensions;
    onProgress?.(row);
  }
  return { rows: texts.length, dimensions, data };
}

/** The texts in windows of the size that they are embedded in. */
export function* textWindows(texts: Texts): Generator<string[]> {
  for (let start = 0; start < texts.length; start += WINDOW) {
    const size = Math.min(WINDOW, texts.length - start);
    yield Array.from({ length: size }, (_, i) => texts.get(start + i));
  }
}
