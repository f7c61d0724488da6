import type { OptionNames } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { type StageSeconds, timed } from "../../events.js";
import { scoreMargin } from "../../score/margin.js";
import { checkSelection, cutSelection, type SelectOptions, selectPairs } from "../../select/select.js";
import { MARGINS, type Margin, type ScoredPair } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import type { SearchFacts, SidesFound } from "../neighbours/found.js";
import { distributionOf } from "./distribution.js";
import { checkAim, estimateThreshold, numberOf, type ThresholdOptions } from "./estimate-threshold.js";
import { type MineSummary, quantiles } from "./mine-summary.js";
import { membersOf, toPair } from "./pair.js";
import type { Rescored } from "./rescore-candidates.js";

export interface ChooseOptions extends Omit<SelectOptions, "threshold">, ThresholdOptions {
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
  precision: true,
};

/** The same, with nothing left open. */
export interface ChooseSettings extends ChooseOptions {
  margin: Margin;
}

/** @throws OptionError if pairs cannot be chosen so */
export function settleChoice(options: ChooseOptions): ChooseSettings {
  const { margin = "ratio" } = options;
  checkOneOf("margin", margin, MARGINS);
  checkSelection({ ...options, threshold: numberOf(options.threshold) });
  checkAim(options);
  return { ...options, margin };
}

/** Both sides with what was found between them, and what a re-scorer says of it. */
export interface ScoredSides extends Pick<SidesFound, "sides" | "found"> {
  /** Goes before the margin. @default the margin is the score */
  rescored?: Rescored;
}

/** Scores candidates, selects pairs and gives them, the best first; at the end, the run's counts. */
export async function* choosePairs(
  { sides, found: { candidates, facts, groups }, rescored }: ScoredSides,
  settings: ChooseSettings,
  seconds: StageSeconds,
): AsyncGenerator<ScoredPair, MineSummary, undefined> {
  const { margin, signal } = settings;
  const { margins, scores, estimate, selection } = await timed(seconds, "select", () => {
    const margins = scoreMargin(candidates, margin);
    const scores = rescored?.scores ?? margins.values;
    const selected = selectPairs(candidates, scores, { ...settings, threshold: undefined });
    const chosen = { ...settings, candidates, scores, ordered: selected.ordered };
    const estimate = estimateThreshold({ ...chosen, margin: rescored ? undefined : margin }, settings);
    const threshold = estimate?.threshold ?? numberOf(settings.threshold);
    return { margins, scores, estimate, selection: cutSelection(selected, scores, threshold) };
  });

  const scored = { candidates, scores, margins: rescored && margins.values };
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
    rescorer: rescored?.rescorer,
    notFinite: rescored?.notFinite,
    centre: facts.centre,
    candidates: candidates.length,
    smallBase: margins.dropped,
    copies: facts.copies,
    belowThreshold: selection.belowThreshold,
    estimate,
    pairs: selection.pairs.length,
    scores: quantiles(Float64Array.from(selection.pairs, (candidate) => scores[candidate])),
    distribution: distributionOf(Float64Array.from(selection.ordered, (candidate) => scores[candidate])),
    seconds,
  };
}

function countSide({ zeroVectors, nearDuplicates }: SearchFacts, side: SideName) {
  return { zeroVectors: zeroVectors[side], nearDuplicates: nearDuplicates?.[side] ?? 0 };
}
