import type { Candidates } from "../src/types/neighbours.js";

/** Candidates written as rows: source, target, cosine, forward rank, backward rank; by source, then target. */
export function candidatesOf(
  rows: readonly (readonly [
    source: number,
    target: number,
    cosine: number,
    forward: number,
    backward: number,
  ])[],
  sides: { sources: number; targets: number; k: number },
): Candidates {
  return {
    length: rows.length,
    k: sides.k,
    sourceRows: sides.sources,
    targetRows: sides.targets,
    source: Uint32Array.from(rows, (row) => row[0]),
    target: Uint32Array.from(rows, (row) => row[1]),
    cosine: Float32Array.from(rows, (row) => row[2]),
    forwardRank: Uint16Array.from(rows, (row) => row[3]),
    backwardRank: Uint16Array.from(rows, (row) => row[4]),
  };
}
