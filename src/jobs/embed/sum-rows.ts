import type { ReadableRows } from "../../embed/mean.js";
import { RowSums } from "../../embed/row-sums.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { ranges } from "../../search/ranges.js";
import type { DistinctRows, KnownLines } from "../../store/arrays/vectors-file.js";
import { newLines } from "../../store/hashes/known-lines.js";
import type { VectorBlock } from "../../types/vectors.js";

/** Rows read at once. */
const READ_ROWS = 4096;

/**
 * The mean of all rows, and what a search has to know of those whose text comes for the first time, as it compares them.
 *
 * @param lines which these are; where that is not known, nothing is told of them
 */
export async function sumRows(
  rows: ReadableRows,
  { dimensions, blocks }: { dimensions: number; blocks?: readonly VectorBlock[] },
  lines?: KnownLines,
): Promise<{ mean: number[]; distinct?: DistinctRows }> {
  const [all, distinct] = [new RowSums(dimensions, blocks), new RowSums(dimensions, blocks)];
  const isNew = lines && newLines(lines);
  const zeros: number[] = [];
  for (const { first, end } of ranges(0, rows.rows, READ_ROWS)) {
    const values = await rows.read(first, end);
    all.add(values);
    if (!isNew) continue;
    if (!blocks) prepareRows({ rows: end - first, dimensions, data: values });
    for (let row = first; row < end; row++) {
      const vector = values.subarray((row - first) * dimensions, (row - first + 1) * dimensions);
      if (isNew.next().value !== true) continue;
      if (vector.every((value) => value === 0)) zeros.push(row);
      else distinct.add(vector);
    }
  }
  return { mean: all.mean(), distinct: isNew && { sums: distinct.keep(), zeros } };
}
