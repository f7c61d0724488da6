import { findEqualRows } from "../../search/equal-rows.js";
import { inMemory } from "../../search/in-memory.js";
import { reorder } from "../../search/reorder.js";
import type { VectorRows } from "../../types/vectors.js";

/** A share of a side's rows, spread evenly, of equal ones the first. They are held. */
export async function sampleSide(side: VectorRows, share: number): Promise<VectorRows> {
  const { dimensions } = side;
  const rows = Math.ceil(side.rows * share);
  const places = Uint32Array.from({ length: rows }, (_, i) => Math.floor((i * side.rows) / rows));
  const held = inMemory({ rows, dimensions, data: reorder(side, places).read(0, rows) });
  const equal = await findEqualRows(held);
  return equal ? reorder(held, equal.firsts) : held;
}
