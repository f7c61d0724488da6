import type { Shard } from "../types/shard.js";
import type { SideName } from "../types/texts.js";
import { SOURCE_STRIP, TARGET_STRIP } from "./exact/task.js";
import { inMemory } from "./in-memory.js";
import { type Range, rangeOfShard } from "./ranges.js";
import type { NonZeroRows } from "./zero-rows.js";

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
  const { dimensions, read } = vectors;
  return {
    vectors: inMemory({ rows: end - first, dimensions, data: read(first, end) }),
    rowNumbers: rowNumbers.slice(first, end),
  };
}
