import type { VectorRows } from "../../types/vectors.js";
import { prepareRows } from "../prepare-rows.js";

/** Rows with a mean subtracted, of unit length again. Memory: a copy of what is read. */
export function centredRows({ rows, dimensions, read }: VectorRows, mean: readonly number[]): VectorRows {
  return {
    rows,
    dimensions,
    read: (start, end) => {
      const data = read(start, end).slice();
      prepareRows({ rows: end - start, dimensions, data }, { mean });
      return data;
    },
  };
}
