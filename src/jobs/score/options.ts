import type { OptionNames } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { ENCODER_OPTIONS } from "../../embed/open-encoder.js";
import { OptionError } from "../../errors.js";
import type { StageSeconds } from "../../events.js";
import type { TextSource } from "../../read/input.js";
import { refuseNoText } from "../../read/open-text.js";
import type { ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { checkSelection } from "../../select/select.js";
import { type FindOptions, type Settled, settleFind } from "../../steps/neighbours/find-options.js";
import { INDEX_OPTIONS } from "../../steps/neighbours/indexes/index-options.js";
import type { Distribution } from "../../steps/pairs/distribution.js";
import { checkAim, numberOf, type ThresholdOptions } from "../../steps/pairs/estimate-threshold.js";
import type { Quantiles } from "../../steps/pairs/mine-summary.js";
import { checkRescore, RESCORE_OPTIONS, type RescoreOptions } from "../../steps/pairs/rescore-options.js";
import { checkRunName } from "../../steps/runs/run.js";
import {
  nameVectorsBeside,
  VECTORS_BESIDE_OPTIONS,
  type VectorsBesideOptions,
} from "../../steps/vectors/vectors-beside.js";
import type { EstimatedPoint } from "../../types/estimate.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import type { OpenPairsOptions } from "../../write/pairs/open-pairs.js";
import { checkAsked } from "./check-asked.js";
import { checkEstimated } from "./check-estimated.js";
import { SCORES, type Score } from "./pair-scorer.js";

/** What pairs are scored by, and how the bitext is read and written. */
export interface ScoreOptions
  extends Omit<
      FindOptions,
      "read" | "readTarget" | "collapseNearDuplicates" | "minCharacters" | "maxCharacters"
    >,
    VectorsBesideOptions,
    RescoreOptions,
    ThresholdOptions {
  /**
   * A pair's score: its `cosine`; its margin, `distance` or `ratio`; its `length` agreement, which is 1 where the two
   * lengths have the ratio that is usual in this bitext; or its `adequacy`, cosine times length agreement. With `rescore`: what
   * that gives, `rescore`, and of BGE-M3 its parts, `dense`, `sparse` and `colbert`.
   * @default "ratio", with `rescore` "rescore"
   */
  score?: Score;
  /** Which of them are written as well. @default none */
  add?: readonly Score[];
  /**
   * Sentences that are neighbours, too: a file or another text in the source's language, and one in the target's.
   * @default only the bitext's own
   */
  neighbourhood?: Partial<Record<SideName, TextSource>>;
  /** A folder that keeps every stage, so that a run can go on where it was interrupted. @default a temporary one */
  run?: string;
  /** How pairs are read. */
  read?: Omit<ReadPairsOptions, "signal">;
  /** How pairs are written. */
  write?: Omit<OpenPairsOptions, "signal">;
}

/** The names of `ScoreOptions`. */
export const SCORE_OPTIONS: OptionNames<ScoreOptions> = {
  ...ENCODER_OPTIONS,
  ...INDEX_OPTIONS,
  ...VECTORS_BESIDE_OPTIONS,
  ...RESCORE_OPTIONS,
  encoder: true,
  k: true,
  guard: true,
  centre: true,
  memory: true,
  score: true,
  add: true,
  threshold: true,
  precision: true,
  neighbourhood: true,
  run: true,
  read: true,
  write: true,
};

/** What was scored, and by what. */
export interface ScoreSummary {
  /** As many as lines, or units, were read; all are written unless there is a threshold. */
  pairs: number;
  /** Pairs left out since their score is below the threshold, beside those that have none; absent without a threshold. */
  belowThreshold?: number;
  /** What is estimated of a threshold that was found without gold; absent where none was asked for. */
  estimate?: EstimatedPoint;
  /** Pairs without a score, since a side is blank or has no feature, its neighbourhood is below 0.01, or it is left out. */
  unscored: number;
  /** Left out since they could not be read, and texts left out since the encoder gives them no finite vector, or pairs the re-scorer no finite score. */
  skipped: number;
  /** Units of TMX that lack one of the languages. */
  unitsWithoutBoth: number;
  /** Distinct texts of each side, those of its neighbourhood among them. */
  sentences: Record<SideName, number>;
  /** The encoder's space; empty where nothing was embedded, since no pair has text on a side. */
  encoder: string;
  /** Names the re-scorer; absent where there is none. */
  rescorer?: string;
  /** Whether each side's mean was subtracted from its vectors. */
  centre: boolean;
  /** Neighbours that made a neighbourhood. */
  k: number;
  /** What the score is. */
  score: Score;
  /** Of the pairs that have a score, and reach the threshold; absent if none does. */
  scores?: Quantiles;
  /** A histogram of all scores; absent if there are none. */
  distribution?: Distribution;
  /** Time of each stage. */
  seconds: StageSeconds;
}

/** The same, with nothing left open but what the encoder and the bitext decide. */
export type ScoreSettings = Settled<Omit<ScoreOptions, "read">> &
  Required<Pick<ScoreOptions, "read" | "score" | "add">> & {
    /** The vectors of both sides, row n of pair n. */
    vectorsBeside: ReturnType<typeof nameVectorsBeside>;
  };

/**
 * Checks what can be checked before the first line is read, and settles what is not given.
 *
 * @throws OptionError
 */
export function settleScore(options: ScoreOptions): ScoreSettings {
  const {
    score = options.rescore === undefined ? "ratio" : "rescore",
    add = [],
    read = {},
    ...rest
  } = options;
  const settled = settleFind(rest);
  checkRunName(rest.run);
  checkOneOf("score", score, SCORES);
  for (const name of add) checkOneOf("add", name, SCORES);
  for (const [side, text] of Object.entries(rest.neighbourhood ?? {}))
    if (text !== undefined) refuseNoText(text, `the ${side} neighbourhood`);
  const vectorsBeside = nameVectorsBeside(rest);
  if (vectorsBeside && Object.values(rest.neighbourhood ?? {}).some((text) => text !== undefined))
    throw new OptionError(
      say`${option("neighbourhood")}: its sentences have no vectors, since those of the pairs are given.`,
      {
        advice: "Leave it out, or let an encoder embed all.",
      },
    );
  checkRescore(rest);
  checkAsked([score, ...add], options);
  const { threshold, precision } = rest;
  checkSelection({ threshold: numberOf(threshold) });
  checkAim({ threshold, precision });
  checkEstimated(score, rest);
  return { ...settled, score, add, read, vectorsBeside };
}
