import { BlockProducts } from "./block-products.js";
import { CODINGS, type SearchType } from "./coding.js";
import { collect } from "./collect.js";
import { Nearest } from "./nearest.js";
import { idsOf } from "./ranges.js";

const BLOCK = { rows: 1024, columns: 4096 };
const SECOND_MS = 1000;

/**
 * How many pairs of rows this machine compares in a second, by comparing blocks for one, or as many pairs as a search of
 * this size does.
 */
export async function measurePairsPerSecond(
  type: SearchType,
  size: { source: number; target: number; dimensions: number },
  threads?: number,
): Promise<number> {
  const { left, right } = CODINGS[type];
  const { dimensions } = size;
  const block = { rows: Math.min(BLOCK.rows, size.source), columns: Math.min(BLOCK.columns, size.target) };
  const at = { rows: idsOf({ first: 0, end: block.rows }), columns: idsOf({ first: 0, end: block.columns }) };
  const rows = { codes: new left.Codes(block.rows * dimensions), at: at.rows, ids: at.rows };
  const columns = { codes: new right.Codes(block.columns * dimensions), at: at.columns, ids: at.columns };
  // Numbers that look random enough not to be all the same.
  for (let i = 0; i < rows.codes.length; i++) rows.codes[i] = left.zero + ((i * 7919) % 61) - 30;
  for (let i = 0; i < columns.codes.length; i++) columns.codes[i] = ((i * 104_729) % 59) - 29;
  await using products = await BlockProducts.open(type, dimensions, block, threads);
  const nearest = { rows: new Nearest(block.rows, 8), columns: new Nearest(block.columns, 8) };
  const run = async () =>
    collect(
      await products.multiply(rows, columns),
      { ...rows, nearest: nearest.rows },
      { ...columns, nearest: nearest.columns },
    );
  await run();
  const start = performance.now();
  let pairs = 0;
  do {
    await run();
    pairs += block.rows * block.columns;
  } while (performance.now() - start < SECOND_MS && pairs < size.source * size.target);
  return (pairs * 1000) / (performance.now() - start);
}
