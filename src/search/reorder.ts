import type { VectorRows } from "../types/vectors.js";
import { readInto } from "./read-into.js";

/** Neighbours that are read together, at most. */
const READ_ROWS = 4096;

/** The rows at `order`, in its order. Memory: what is read, and 4,096 rows. */
export function reorder(rows: VectorRows, order: Uint32Array): VectorRows {
  const { dimensions } = rows;
  return {
    rows: order.length,
    dimensions,
    read: (start, end, room = new Float32Array((end - start) * dimensions)) => {
      for (let first = start; first < end; ) {
        let next = first + 1;
        const stop = Math.min(end, first + READ_ROWS);
        while (next < stop && order[next] === order[next - 1] + 1) next++;
        const place = room.subarray((first - start) * dimensions, (next - start) * dimensions);
        readInto(place, rows, order[first], order[first] + next - first);
        first = next;
      }
      return room.subarray(0, (end - start) * dimensions);
    },
  };
}
