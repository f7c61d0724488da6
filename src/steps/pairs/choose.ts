import { type StageSeconds, timed } from "../../events.js";
import { scoreMargin } from "../../score/margin.js";
import { type SelectOptions, selectPairs } from "../../select/select.js";
import type { Margin, ScoredPair, SideName } from "../../types.js";
import type { Found, SearchFacts } from "../neighbours/candidates-stage.js";
import type { Sides } from "../texts/side.js";
import { membersOf, toPair } from "./pair.js";
import { type MineSummary, quantiles } from "./summary.js";

export interface ChooseOptions extends SelectOptions {
  /** How a cosine is set against its neighbourhood. @default "ratio" */
  margin?: Margin;
  signal?: AbortSignal;
}

/** Scores candidates, selects pairs and gives them, the best first; at the end, the run's counts. */
export async function* choosePairs(
  sides: Sides,
  { candidates, facts, groups }: Found,
  options: ChooseOptions,
  seconds: StageSeconds,
): AsyncGenerator<ScoredPair, MineSummary, undefined> {
  const { margin = "ratio", signal } = options;
  const { scores, selection } = await timed(seconds, "select", () => {
    const scores = scoreMargin(candidates, margin);
    return { scores, selection: selectPairs(candidates, scores.values, options) };
  });

  const members = groups && membersOf(groups);
  const start = performance.now();
  for (const candidate of selection.pairs) {
    signal?.throwIfAborted();
    yield toPair(candidate, candidates, scores.values, sides, members);
  }
  seconds.write = (performance.now() - start) / 1000;

  return {
    source: { ...sides.source.counts, ...countSide(facts, "source") },
    target: { ...sides.target.counts, ...countSide(facts, "target") },
    encoder: facts.space,
    centre: facts.centre,
    candidates: candidates.length,
    smallBase: scores.dropped,
    copies: facts.copies,
    belowThreshold: selection.belowThreshold,
    pairs: selection.pairs.length,
    scores: quantiles(Float64Array.from(selection.pairs, (candidate) => scores.values[candidate])),
    seconds,
  };
}

function countSide({ zeroVectors, nearDuplicates }: SearchFacts, side: SideName) {
  return { zeroVectors: zeroVectors[side], nearDuplicates: nearDuplicates?.[side] ?? 0 };
}
