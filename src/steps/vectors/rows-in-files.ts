import { join } from "node:path";
import type { OpenRows } from "../../align/row-store.js";
import { NumberFile } from "../../store/files/number-file.js";

/** Opens room for rows of numbers in files of a folder; each file is gone when its rows are disposed of. */
export function rowsInFiles(folder: string): OpenRows {
  let opened = 0;
  return (rows, dimensions) => {
    const file = new NumberFile(join(folder, `rows-${opened++}`));
    return {
      rows,
      dimensions,
      write: (row, values) => file.write(row * dimensions, values),
      read: (start, end) => {
        const values = new Float32Array((end - start) * dimensions);
        file.readInto(start * dimensions, values);
        return values;
      },
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  };
}
