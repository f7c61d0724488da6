import type { ScoredCandidates } from "../../steps/pairs/decoys.js";

/** Candidates that the sides of a pair would take next; absent where a sentence has no other. */
export interface Rivals {
  ofSource?: number;
  ofTarget?: number;
}

/** For each of some candidates, the best other candidate of its source, and of its target. */
export function findRivals({ candidates, scores }: ScoredCandidates, chosen: readonly number[]): Rivals[] {
  const ofSource = bestTwo(candidates.source, scores, chosen);
  const ofTarget = bestTwo(candidates.target, scores, chosen);
  const other = (two: Two | undefined, candidate: number) =>
    two?.first === candidate ? two.second : two?.first;
  return chosen.map((candidate) => ({
    ofSource: other(ofSource.get(candidates.source[candidate]), candidate),
    ofTarget: other(ofTarget.get(candidates.target[candidate]), candidate),
  }));
}

interface Two {
  first?: number;
  second?: number;
}

/** The two best candidates of each sentence of the chosen ones; goes over all candidates once. */
function bestTwo(sentences: Uint32Array, scores: Float64Array, chosen: readonly number[]): Map<number, Two> {
  const found = new Map<number, Two>(chosen.map((candidate) => [sentences[candidate], {}]));
  for (let candidate = 0; candidate < scores.length; candidate++) {
    const two = Number.isNaN(scores[candidate]) ? undefined : found.get(sentences[candidate]);
    if (!two) continue;
    if (two.first === undefined || scores[candidate] > scores[two.first]) {
      two.second = two.first;
      two.first = candidate;
    } else if (two.second === undefined || scores[candidate] > scores[two.second]) two.second = candidate;
  }
  return found;
}
