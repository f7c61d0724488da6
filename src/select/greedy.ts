import type { Candidates } from "../types/neighbours.js";

/** Goes through ordered candidates from the best down and takes those whose two sentences are both still free. */
export function takeGreedily(candidates: Candidates, ordered: Uint32Array): Uint32Array {
  const sourceTaken = new Uint8Array(candidates.sourceRows);
  const targetTaken = new Uint8Array(candidates.targetRows);
  return ordered.filter((candidate) => {
    const x = candidates.source[candidate];
    const y = candidates.target[candidate];
    if (sourceTaken[x] || targetTaken[y]) return false;
    sourceTaken[x] = 1;
    targetTaken[y] = 1;
    return true;
  });
}
