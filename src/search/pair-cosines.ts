import { type Block, dot } from "../statistics/dot.js";
import type { NonZeroRows } from "./zero-rows.js";

/**
 * The cosine of each given pair of rows, as the search scores its neighbours; NaN where one of them has no vector.
 *
 * @param source
 * @param target rows of unit length
 * @param pairs the two rows of each pair, numbered as before rows of zeros were left out
 */
export function cosinesOfPairs(
  source: NonZeroRows,
  target: NonZeroRows,
  pairs: { source: Uint32Array; target: Uint32Array },
): Float32Array {
  const [rowOfSource, rowOfTarget] = [rowReader(source), rowReader(target)];
  return Float32Array.from(pairs.source, (x, pair) => {
    const [a, b] = [rowOfSource(x), rowOfTarget(pairs.target[pair])];
    return a && b ? dot(a, 0, b, 0) : Number.NaN;
  });
}

/** Reads single rows; those that follow one another, as the pairs of a bitext do, come from one block. */
function rowReader({ vectors, rowNumbers }: NonZeroRows): (row: number) => Block | undefined {
  const { rows, dimensions, read } = vectors;
  let first = 0;
  let block: Float32Array = new Float32Array();
  return (row) => {
    const at = findRow(rowNumbers, row);
    if (at === undefined) return undefined;
    const held = block.length / dimensions;
    if (at < first) return { data: read(at, at + 1), dimensions };
    if (at >= first + held) {
      first = at;
      block = read(at, Math.min(at + READ_ROWS, rows));
    }
    const data = block.subarray((at - first) * dimensions, (at - first + 1) * dimensions);
    return { data, dimensions };
  };
}

const READ_ROWS = 1024;

/** Where a row stands among those that were kept: numbers ascend. */
function findRow(rowNumbers: Uint32Array, row: number): number | undefined {
  if (rowNumbers[row] === row) return row;
  let [low, high] = [0, rowNumbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rowNumbers[middle] < row) low = middle + 1;
    else high = middle;
  }
  return rowNumbers[low] === row ? low : undefined;
}
