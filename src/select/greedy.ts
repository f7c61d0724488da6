import { NumberSet } from "../store/arrays/number-set.js";
import type { Candidates } from "../types/neighbours.js";

/** Goes through ordered candidates from the best down and takes those whose two sentences are both still free. */
export function takeGreedily(candidates: Candidates, ordered: Uint32Array): Uint32Array {
  const [sources, targets] = [new NumberSet(candidates.sourceRows), new NumberSet(candidates.targetRows)];
  return ordered.filter((candidate) => {
    const [x, y] = [candidates.source[candidate], candidates.target[candidate]];
    if (sources.has(x) || targets.has(y)) return false;
    sources.add(x);
    targets.add(y);
    return true;
  });
}
