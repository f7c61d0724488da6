import type { Neighbours } from "../../types/neighbours.js";
import { CODINGS, type Codes, type SearchType } from "../coding.js";
import { idsOf, type Range, ranges } from "../ranges.js";
import type { BlockSize } from "../threads/collector.js";
import { type Strip, StripPair, type StripSizes } from "../threads/strip-pair.js";
import type { Trade } from "../threads/team.js";
import { inTurn } from "../threads/turns.js";

/** Sources that are taken at once; a shard of a search is a whole number of them. */
export const SOURCE_STRIP = 1024;
/** Targets that a thread keeps while it goes over the sources, at most: fewer where their numbers take more than `STRIP_BYTES`. */
export const TARGET_STRIP = 4096;
const STRIP_BYTES = 8 * 2 ** 20;
/**
 * The products of a block, and the codes of both sides, fit into the cache of a core. Blocks stand on a grid, since how
 * a float32 product is summed may depend on its place in one.
 */
export const BLOCK: BlockSize = { rows: 512, columns: 512 };

/** Targets of so many dimensions that a thread keeps: whole blocks of them. */
export function targetStrip(dimensions: number, type: SearchType): number {
  const rows = Math.floor(STRIP_BYTES / (dimensions * CODINGS[type].bytes));
  const blocks = Math.max(1, Math.floor(rows / BLOCK.columns));
  return Math.min(TARGET_STRIP, blocks * BLOCK.columns);
}

/** Some targets, and all sources that are held. */
export interface ExactTask {
  /** From a block's edge on. */
  targets: Strip;
  sources: Range & { codes: Codes; lists: Neighbours };
  /** Of the strips of sources. */
  marks: Int32Array;
  /** Where among the sources to begin, as a share of them. */
  start: number;
}

/** Compares some targets with all sources that are held. */
export const EXACT: Trade<StripSizes, StripPair, ExactTask> = {
  open: StripPair.open,
  async work(
    { targets, sources: { first: firstHeld, end: endHeld, codes, lists }, marks, start },
    pair,
    tell,
  ) {
    const columns = [...ranges(0, targets.ids.length, BLOCK.columns)].map((range) => idsOf(range));
    const dimensions = targets.codes.length / targets.ids.length;
    pair.right.load(targets);
    for (const strip of inTurn(marks, start)) {
      const first = strip * SOURCE_STRIP;
      const end = Math.min(first + SOURCE_STRIP, endHeld - firstHeld);
      const ids = idsOf({ first: firstHeld + first, end: firstHeld + end });
      pair.left.load({ codes: codes.subarray(first * dimensions, end * dimensions), ids, lists });
      for (const rows of ranges(0, end - first, BLOCK.rows))
        for (const others of columns) await pair.compare(idsOf(rows), others);
      pair.left.store();
      tell(ids.length * targets.ids.length);
    }
    pair.right.store();
  },
};
