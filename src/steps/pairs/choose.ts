import type { OptionNames } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { type StageSeconds, timed } from "../../events.js";
import { scoreMargin } from "../../score/margin.js";
import { checkSelection, type SelectOptions, selectPairs } from "../../select/select.js";
import { countFrom } from "../../statistics/descending.js";
import type { Groups } from "../../store/corpus/group-files.js";
import { MARGINS, type Margin, type ScoredPair } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import type { SearchFacts, SidesFound } from "../neighbours/found.js";
import { distributionOf } from "./distribution.js";
import { checkAim, estimateThreshold, numberOf, type ThresholdOptions } from "./estimate-threshold.js";
import { type MineSummary, quantiles } from "./mine-summary.js";
import { membersOf, type PairedSide, toPair } from "./pair.js";
import { type Ranking, rankInMemory } from "./ranking.js";
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

/** Candidates in the order in which they are chosen, and what is told of them. */
export interface RankedSides {
  sides: Record<SideName, PairedSide>;
  facts: SearchFacts;
  groups?: Groups;
  /** How many candidates there were to choose from. */
  candidates: number;
  /** Those dropped under `ratio`. */
  smallBase: number;
  ranking: Ranking;
  rescored?: Omit<Rescored, "scores">;
}

/** Scores candidates that are in memory, and puts those in order that are chosen. */
export function rankSides(
  { sides, found: { candidates, ...found }, rescored }: ScoredSides,
  settings: ChooseSettings,
): RankedSides {
  const { margin } = settings;
  const { values: margins, dropped } = scoreMargin(candidates, margin);
  const scores = rescored?.scores ?? margins;
  const { ordered } = selectPairs(candidates, scores, { ...settings, threshold: undefined });
  const chosen = { ...settings, candidates, scores, ordered, margin: rescored ? undefined : margin };
  const ranking = rankInMemory(chosen, rescored && margins);
  return { sides, ...found, candidates: candidates.length, smallBase: dropped, ranking, rescored };
}

/** Gives the pairs that are chosen, the best first; at the end, the run's counts. */
export async function* choosePairs(
  ranked: RankedSides,
  settings: ChooseSettings,
  seconds: StageSeconds,
): AsyncGenerator<ScoredPair, MineSummary, undefined> {
  const { sides, facts, groups, ranking, rescored } = ranked;
  const { estimate, kept } = await timed(seconds, "select", () => {
    const estimate = estimateThreshold(ranking, settings);
    const threshold = estimate?.threshold ?? numberOf(settings.threshold) ?? Number.NEGATIVE_INFINITY;
    return { estimate, kept: countFrom(ranking.scores, threshold) };
  });
  const members = groups && membersOf(groups);
  const start = performance.now();
  for (let rank = 0; rank < kept; rank++) {
    settings.signal?.throwIfAborted();
    yield toPair(ranking.at(rank), sides, members);
  }
  seconds.write = (performance.now() - start) / 1000;

  return {
    source: { ...sides.source.counts, ...countSide(facts, "source") },
    target: { ...sides.target.counts, ...countSide(facts, "target") },
    encoder: facts.space,
    rescorer: rescored?.rescorer,
    notFinite: rescored?.notFinite,
    centre: facts.centre,
    candidates: ranked.candidates,
    smallBase: ranked.smallBase,
    copies: facts.copies,
    belowThreshold: ranking.scores.length - kept,
    estimate,
    pairs: kept,
    scores: quantiles(ranking.scores, kept),
    distribution: distributionOf(ranking.scores),
    seconds,
  };
}

function countSide({ zeroVectors, nearDuplicates }: SearchFacts, side: SideName) {
  return { zeroVectors: zeroVectors[side], nearDuplicates: nearDuplicates?.[side] ?? 0 };
}
