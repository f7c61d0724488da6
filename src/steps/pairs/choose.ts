import type { OptionNames } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { type StageSeconds, timed } from "../../events.js";
import { scoreMargin } from "../../score/margin.js";
import { checkSelection, type SelectOptions, selectPairs } from "../../select/select.js";
import { MARGINS, type Margin, type ScoredPair } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import type { SearchFacts, SidesFound } from "../neighbours/found.js";
import { distributionOf } from "./distribution.js";
import { type MineSummary, quantiles } from "./mine-summary.js";
import { membersOf, toPair } from "./pair.js";

export interface ChooseOptions extends SelectOptions {
  /**
   * How a cosine is weighed against its neighbourhood.
   * @default "ratio"
   */
  margin?: Margin;
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `ChooseOptions`. */
export const CHOOSE_OPTIONS: OptionNames<ChooseOptions> = {
  margin: true,
  signal: true,
  retrieval: true,
  secondChoice: true,
  threshold: true,
};

/** The same, with nothing left open. */
export interface ChooseSettings extends ChooseOptions {
  margin: Margin;
}

/** @throws OptionError if pairs cannot be chosen so */
export function settleChoice(options: ChooseOptions): ChooseSettings {
  const { margin = "ratio" } = options;
  checkOneOf("margin", margin, MARGINS);
  checkSelection(options);
  return { ...options, margin };
}

/** Scores candidates, selects pairs and gives them, the best first; at the end, the run's counts. */
export async function* choosePairs(
  { sides, found: { candidates, facts, groups } }: Pick<SidesFound, "sides" | "found">,
  settings: ChooseSettings,
  seconds: StageSeconds,
): AsyncGenerator<ScoredPair, MineSummary, undefined> {
  const { margin, signal } = settings;
  const { scores, selection } = await timed(seconds, "select", () => {
    const scores = scoreMargin(candidates, margin);
    return { scores, selection: selectPairs(candidates, scores.values, settings) };
  });

  const scored = { candidates, scores: scores.values };
  const members = groups && membersOf(groups);
  const start = performance.now();
  for (const candidate of selection.pairs) {
    signal?.throwIfAborted();
    yield toPair(candidate, scored, sides, members);
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
    distribution: distributionOf(
      Float64Array.from(selection.ordered, (candidate) => scores.values[candidate]),
    ),
    seconds,
  };
}

function countSide({ zeroVectors, nearDuplicates }: SearchFacts, side: SideName) {
  return { zeroVectors: zeroVectors[side], nearDuplicates: nearDuplicates?.[side] ?? 0 };
}
