import { findEqualRows } from "../../search/equal-rows.js";
import { inMemory } from "../../search/in-memory.js";
import { sampleRows } from "../../search/ivf/sample.js";
import { reorder } from "../../search/reorder.js";
import type { VectorRows } from "../../types/vectors.js";

/** A share of a side's rows, spread evenly, of equal ones the first. They are held. */
export async function sampleSide(side: VectorRows, share: number): Promise<VectorRows> {
  const { rows, dimensions, read } = sampleRows(side, share);
  const held = inMemory({ rows, dimensions, data: read(0, rows) });
  const equal = await findEqualRows(held);
  return equal ? reorder(held, equal.firsts) : held;
}
