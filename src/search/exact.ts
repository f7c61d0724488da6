import type { VectorRows } from "../types/vectors.js";
import { BlockProducts } from "./block-products.js";
import type { BothWays, SearchBothWays, SearchOptions } from "./both-ways.js";
import { collect } from "./collect.js";
import { encodeRows } from "./encode-rows.js";
import { Nearest } from "./nearest.js";
import { idsOf, ranges } from "./ranges.js";

/** A block of 1,024 × 4,096 products (16 MiB) is read twice for its maxima: larger ones fall out of the cache. */
export const SOURCE_BLOCK = 1024;
export const TARGET_BLOCK = 4096;

/**
 * Compares every source with every target, once: each block of products serves both directions.
 *
 * Memory beside the vectors: about 50 MiB, the numbers of the held sources, and 8 · k bytes a row.
 */
export const searchExact: SearchBothWays = async (source, target, options): Promise<BothWays> => {
  const { type = "float32", threads } = options;
  const largest = {
    rows: Math.min(SOURCE_BLOCK, source.rows),
    columns: Math.min(TARGET_BLOCK, target.rows),
  };
  await using products = await BlockProducts.open(type, source.dimensions, largest, threads);
  return await searchBlocks(products, source, target, options);
};

async function searchBlocks(
  products: BlockProducts,
  source: VectorRows,
  target: VectorRows,
  { k, type = "float32", heldRows = source.rows, signal, onProgress }: SearchOptions,
): Promise<BothWays> {
  const forward = new Nearest(source.rows, Math.min(k, target.rows));
  const backward = new Nearest(target.rows, Math.min(k, source.rows));
  let compared = 0;
  // Whole blocks: how a float32 product is summed may depend on its place in a block.
  const held = Math.ceil(heldRows / SOURCE_BLOCK) * SOURCE_BLOCK;
  for (const sources of ranges(0, source.rows, held)) {
    const sourceCodes = encodeRows(source, sources, type, "left");
    for (const t of ranges(0, target.rows, TARGET_BLOCK)) {
      const targetCodes = encodeRows(target, t, type, "right");
      const right = { codes: targetCodes, at: idsOf(t, t.first), ids: idsOf(t), nearest: backward };
      for (const s of ranges(sources.first, sources.end, SOURCE_BLOCK)) {
        signal?.throwIfAborted();
        const left = { codes: sourceCodes, at: idsOf(s, sources.first), ids: idsOf(s), nearest: forward };
        collect(await products.multiply(left, right), left, right);
        compared += (s.end - s.first) * (t.end - t.first);
        onProgress?.(compared);
      }
    }
  }
  return { forward, backward };
}
