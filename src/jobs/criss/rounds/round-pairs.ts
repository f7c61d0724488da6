import type { Candidates } from "../../../types/neighbours.js";
import type { ChosenPairs } from "./choose-round.js";
import type { TaughtPairs, TextPairs } from "./text-pairs.js";

/**
 * A round's pairs of two languages, without the candidates of which they were chosen: those of all pairs of languages would
 * not fit into memory. Memory: 16 bytes a pair, and 12 more of those to train on.
 */
export interface RoundPairs {
  /** Whose sentences chose each other, the highest margin first. */
  mutual: TextPairs & { scores: Float64Array };
  /** The best of them. */
  training: TaughtPairs;
  /** SHA-256 of all pairs and scores. */
  hash: string;
  /** Reads the candidates again. */
  candidates(): Promise<Candidates>;
}

export function withoutCandidates(
  { candidates, scores, mutual, training, chances, hash }: ChosenPairs,
  readAgain: RoundPairs["candidates"],
): RoundPairs {
  const textsOf = (numbers: Uint32Array): TextPairs => ({
    sources: numbers.map((candidate) => candidates.source[candidate]),
    targets: numbers.map((candidate) => candidates.target[candidate]),
  });
  return {
    mutual: { ...textsOf(mutual), scores: Float64Array.from(mutual, (candidate) => scores[candidate]) },
    training: { ...textsOf(training), chances },
    hash,
    candidates: readAgain,
  };
}
