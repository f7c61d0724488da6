import type { Encoder, Texts, Vectors } from "../types.js";

/**
 * Lines that are embedded together. Batches are cut within a window, so a vector depends on its window and on nothing
 * else.
 */
const WINDOW = 2048;

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
  for (const window of textWindows(texts)) {
    signal?.throwIfAborted();
    data.set(await encoder.encode(window), row * dimensions);
    row += window.length;
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
