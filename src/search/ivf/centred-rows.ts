import type { VectorRows } from "../../types/vectors.js";
import { prepareRows } from "../prepare-rows.js";
import { readInto } from "../read-into.js";

/** Rows with a mean subtracted, of unit length again. Memory: a copy of what is read. */
export function centredRows(side: VectorRows, mean: readonly number[]): VectorRows {
  const { rows, dimensions } = side;
  return {
    rows,
    dimensions,
    read: (start, end, room = new Float32Array((end - start) * dimensions)) => {
      const data = room.subarray(0, (end - start) * dimensions);
      readInto(data, side, start, end);
      prepareRows({ rows: end - start, dimensions, data }, { mean });
      return data;
    },
  };
}
