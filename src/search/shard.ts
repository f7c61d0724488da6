import { roomForRows } from "../runtime/rows/row-kernel.js";
import type { Shard } from "../types/shard.js";
import type { SideName } from "../types/texts.js";
import { SOURCE_STRIP, TARGET_STRIP } from "./exact/task.js";
import { inMemory } from "./in-memory.js";
import { type Range, rangeOfShard, ranges } from "./ranges.js";
import { readInto } from "./read-into.js";
import type { NonZeroRows } from "./zero-rows.js";

/** Rows that are read and made comparable at once; they stay in the cache of a core. */
const READ_ROWS = 512;

const BLOCK: Record<SideName, number> = { source: SOURCE_STRIP, target: TARGET_STRIP };

/**
 * The rows of a side's shard: whole blocks, so that every block of products, and with it every rounding, is the same
 * whatever the shards.
 */
export const rowsOfShard = (side: SideName, rows: number, shard: Shard): Range =>
  rangeOfShard(rows, BLOCK[side], shard);

/** Some rows of a side, which stay where they are. */
export function rowsWithin({ vectors, rowNumbers }: NonZeroRows, { first, end }: Range): NonZeroRows {
  const { dimensions } = vectors;
  const read = (start: number, stop: number) => vectors.read(first + start, first + stop);
  return {
    vectors: { rows: end - first, dimensions, read },
    rowNumbers: rowNumbers.slice(first, end),
  };
}

/** Some rows of a side, which are held. Memory: these rows. */
export function holdRows({ vectors, rowNumbers }: NonZeroRows, { first, end }: Range): NonZeroRows {
  const { dimensions } = vectors;
  const rows = end - first;
  const data = roomForRows(rows, dimensions);
  for (const block of ranges(0, rows, READ_ROWS)) {
    const place = data.subarray(block.first * dimensions, block.end * dimensions);
    readInto(place, vectors, first + block.first, first + block.end);
  }
  return { vectors: inMemory({ rows, dimensions, data }), rowNumbers: rowNumbers.slice(first, end) };
}
