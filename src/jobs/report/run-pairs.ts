import { LowestKeys, spread } from "../../report/draw-bands.js";
import type { ChangedPair } from "../../report/model.js";
import type { ScoredCandidates } from "../../steps/pairs/decoys.js";
import type { OpenSides, Sides } from "../../steps/texts/side.js";

/** The pairs of a run, the highest score first: the numbers of their sentences. Memory: 16 bytes a pair. */
export interface RunPairs {
  sides: Sides;
  source: Uint32Array;
  target: Uint32Array;
  scores: Float64Array;
}

/** The same with sides that are to be closed. */
export interface OpenPairs extends RunPairs {
  sides: OpenSides;
}

/** Those of some candidates that are pairs. */
export function pairsAmong(
  { candidates, scores }: ScoredCandidates,
  ordered: Uint32Array,
): Omit<RunPairs, "sides"> {
  const own = new Float64Array(ordered.length);
  for (let pair = 0; pair < own.length; pair++) own[pair] = scores[ordered[pair]];
  return {
    scores: own,
    source: ordered.map((candidate) => candidates.source[candidate]),
    target: ordered.map((candidate) => candidates.target[candidate]),
  };
}

/** The texts of a run's pairs from a threshold up, the highest score first. */
export function* pairsOfRun(pairs: RunPairs, threshold = Number.NEGATIVE_INFINITY): Generator<ChangedPair> {
  for (let pair = 0; pair < pairs.scores.length; pair++) {
    const score = pairs.scores[pair];
    if (score < threshold) return;
    yield { score, ...textsOf(pairs, pair) };
  }
}

/** The texts of some pairs, each as likely as any other. */
export function* samplePairs(pairs: RunPairs, size: number): Generator<{ source: string; target: string }> {
  const drawn = new LowestKeys(size);
  for (let pair = 0; pair < pairs.scores.length; pair++) drawn.offer(pair, spread(pair));
  for (const pair of drawn.values) yield textsOf(pairs, pair);
}

function textsOf({ sides, source, target }: RunPairs, pair: number) {
  return { source: sides.source.texts.get(source[pair]), target: sides.target.texts.get(target[pair]) };
}
