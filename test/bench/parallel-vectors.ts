import { meanOfRows } from "../../src/embed/mean.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { prepareRows } from "../../src/search/prepare-rows.js";
import { dropZeroRows } from "../../src/search/zero-rows.js";
import type { Encoder } from "../../src/types/encoder.js";
import type { VectorRows } from "../../src/types/vectors.js";
import { distinctParallel } from "./parallel.js";
import { vectorsOf } from "./vectors-of.js";

/**
 * The first so many distinct lines of parallel/, English as target and all other languages as source, as the first
 * numbers of the built-in encoder's vectors: centred, of unit length.
 */
export async function parallelVectors(
  count: number,
  dimensions: number,
): Promise<{ source: VectorRows; target: VectorRows }> {
  const { other, english } = await distinctParallel(count);
  const encoder = await openEncoder("builtin");
  return {
    source: await firstDimensions(other, encoder, dimensions),
    target: await firstDimensions(english, encoder, dimensions),
  };
}

async function firstDimensions(texts: string[], encoder: Encoder, dimensions: number): Promise<VectorRows> {
  const whole = await vectorsOf(texts, encoder);
  const data = new Float32Array(texts.length * dimensions);
  for (let row = 0; row < texts.length; row++) {
    const start = row * encoder.dimensions;
    data.set(whole.subarray(start, start + dimensions), row * dimensions);
  }
  const read = async (start: number, end: number) => data.subarray(start * dimensions, end * dimensions);
  const vectors = { rows: texts.length, dimensions, data };
  prepareRows(vectors, { mean: await meanOfRows({ rows: texts.length, read }, dimensions) });
  return dropZeroRows(vectors).vectors;
}
