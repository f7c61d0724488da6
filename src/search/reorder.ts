import type { VectorRows } from "../types/vectors.js";

/** Neighbours that are read together, at most. */
const READ_ROWS = 4096;

/** The rows at `order`, in its order. Memory: what is read, and 4,096 rows. */
export function reorder({ read, dimensions }: VectorRows, order: Uint32Array): VectorRows {
  return {
    rows: order.length,
    dimensions,
    read: (start, end) => {
      const block = new Float32Array((end - start) * dimensions);
      for (let first = start; first < end; ) {
        let next = first + 1;
        const stop = Math.min(end, first + READ_ROWS);
        while (next < stop && order[next] === order[next - 1] + 1) next++;
        block.set(read(order[first], order[first] + next - first), (first - start) * dimensions);
        first = next;
      }
      return block;
    },
  };
}
