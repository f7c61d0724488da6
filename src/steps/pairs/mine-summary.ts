import type { StageSeconds } from "../../events.js";
import type { Descending } from "../../statistics/descending.js";
import type { EstimatedPoint } from "../../types/estimate.js";
import type { SideCounts, Sides } from "../texts/side.js";
import type { Distribution } from "./distribution.js";

/** What a mining run read, found and left out. */
export interface MineSummary {
  /** Of the source. */
  source: SearchedCounts;
  /** Of the target. */
  target: SearchedCounts;
  /** The encoder's space; empty where nothing was embedded, since a side has no sentence. */
  encoder: string;
  /** Names the re-scorer that gave the scores; absent where they are margins. */
  rescorer?: string;
  /** Candidates left out, since the re-scorer's score of them is not finite; absent where nothing was re-scored. */
  notFinite?: number;
  /** Whether each side's mean was subtracted from its vectors before they were searched. */
  centre: boolean;
  /** Distinct pairs among the neighbours of either direction. */
  candidates: number;
  /** Candidates dropped under `ratio` because their neighbourhoods' mean cosine is below 0.01. */
  smallBase: number;
  /** Untranslated copies kept out by the guard. */
  copies: number;
  /** Pairs left out because of the threshold. */
  belowThreshold: number;
  /** What is estimated of the threshold that was chosen without gold; absent if none was asked for. */
  estimate?: EstimatedPoint;
  /** Pairs selected. */
  pairs: number;
  /** Scores of the selected pairs; absent if there are none. */
  scores?: Quantiles;
  /** The same, and those below the threshold, as a histogram; absent if there are none. */
  distribution?: Distribution;
  /** Time of each stage. */
  seconds: StageSeconds;
}

/** What became of the sentences of a side. */
export interface SearchedCounts extends SideCounts {
  /** Sentences without any feature, or left out since their vector is not finite, which can match nothing. */
  zeroVectors: number;
  /** Sentences that are near-duplicates of an earlier one, which stands for them. */
  nearDuplicates: number;
}

/** Score at the given share of pairs, counted from the lowest. */
export interface Quantiles {
  /** The lowest. */
  minimum: number;
  /** A quarter is below. */
  quarter: number;
  /** A half is below. */
  median: number;
  /** Three quarters are below. */
  threeQuarters: number;
  /** The highest. */
  maximum: number;
}

/** What a run did of which a side has no sentence: nothing was embedded. */
export function nothingMined({ source, target }: Sides, seconds: StageSeconds): MineSummary {
  const searched = { zeroVectors: 0, nearDuplicates: 0 };
  return {
    source: { ...source.counts, ...searched },
    target: { ...target.counts, ...searched },
    encoder: "",
    centre: false,
    candidates: 0,
    smallBase: 0,
    copies: 0,
    belowThreshold: 0,
    pairs: 0,
    seconds,
  };
}

/** @param length how many of the highest count */
export function quantiles(descending: Descending, length = descending.length): Quantiles | undefined {
  if (length === 0) return undefined;
  const at = (share: number) => descending.at(Math.round((1 - share) * (length - 1)))!;
  return { minimum: at(0), quarter: at(0.25), median: at(0.5), threeQuarters: at(0.75), maximum: at(1) };
}
