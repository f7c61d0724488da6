import { createHash } from "node:crypto";
import { chanceByScore } from "../../../estimate/estimate-precision.js";
import { scoreMargin } from "../../../score/margin.js";
import { bestBackward, bestForward, type Choices, NO_CHOICE } from "../../../select/best.js";
import { cutSelection, selectPairs } from "../../../select/select.js";
import { cutAtThreshold } from "../../../select/threshold.js";
import type { Found } from "../../../steps/neighbours/found.js";
import { withDecoys } from "../../../steps/pairs/decoys.js";
import type { Candidates } from "../../../types/neighbours.js";
import type { Texts } from "../../../types/texts.js";
import { cutRound } from "./cut-round.js";
import { chancesOf, knownChances, raiseChances } from "./known-chances.js";
import type { Learned } from "./learned.js";
import { teachable } from "./teachable.js";
import type { TaughtPairs } from "./text-pairs.js";
import { countTraining, type TrainingChoice } from "./training-choice.js";

/** What is made of a pair of languages in one round, while its candidates are in memory. */
export interface ChosenPairs {
  candidates: Candidates;
  scores: Float64Array;
  /** Numbers of the candidates whose two sentences chose each other and that reach the threshold, the highest margin first. */
  mutual: Uint32Array;
  /** The best of them, which the next encoder is trained on, without those that are held out. */
  training: Uint32Array;
  /** How likely each of these is right by scores, of vectors that were not trained on it; absent where it cannot be told. */
  chances?: Float32Array;
  /** The same by what was held out, too. */
  believed?: Float32Array;
  /** Why no margin could be estimated, though one was asked for. */
  unknown?: string;
  /** Sources that chose a target at all, and those of them that it chose, too, whatever the threshold. */
  choosing: number;
  chosenMutually: number;
  /** By sentence the candidate that it chose. */
  forward: Choices;
  backward: Choices;
  /** SHA-256 of all pairs and scores. */
  hash: string;
}

/** A sentence among the k nearest of more than this many times k others is a hub. */
const HUB = 5;

/**
 * Chooses a round's pairs: those that chose each other by their ratio margin. Each sentence is in at most one pair, so
 * that no hub is in many. Tran et al. 2020 use a threshold that suits their encoder (1.04 to 1.07); a share of the
 * pairs suits any encoder.
 *
 * @param choice with what the encoder was trained on
 */
export function chooseRound(
  { candidates }: Found,
  texts: { source: Texts; target: Texts },
  choice: TrainingChoice & { round: number; taught?: TaughtPairs; learned?: Learned },
): ChosenPairs {
  const { values: scores } = scoreMargin(candidates, "ratio");
  const { hubLimit = HUB * candidates.k } = choice;
  const retrieval = "intersection";
  const { ordered } = selectPairs(candidates, scores, { retrieval });
  const { taught, learned } = choice;
  const known = knownChances(candidates, taught);
  const raised = knownChances(candidates, taught && raiseChances(taught, learned));
  const sample = withDecoys({ candidates, scores, margin: "ratio", ordered, retrieval, known: raised });
  const cut = cutRound(
    sample,
    Float64Array.from(ordered, (candidate) => scores[candidate]),
    choice,
  );
  const { pairs: mutual, belowThreshold } = cutSelection({ ordered }, scores, cut.written);
  const teaching = teachable(mutual, candidates, { ...texts, hubLimit });
  const training =
    cut.trained === undefined
      ? teaching.subarray(0, countTraining(teaching.length, choice))
      : cutAtThreshold(teaching, scores, cut.trained);
  const byScore = chanceByScore(sample);
  const forward = bestForward(candidates, scores);
  return {
    candidates,
    scores,
    mutual,
    training,
    chances: chancesOf(training, { scores, byScore, known }),
    believed: chancesOf(training, { scores, byScore, known: raised }),
    unknown: cut.unknown,
    choosing: forward.reduce((sum, candidate) => sum + (candidate === NO_CHOICE ? 0 : 1), 0),
    chosenMutually: mutual.length + belowThreshold,
    forward,
    backward: bestBackward(candidates, scores),
    hash: hashPairs(candidates, scores, mutual),
  };
}

function hashPairs({ source, target }: Candidates, scores: Float64Array, pairs: Uint32Array): string {
  const columns = new Float64Array(3 * pairs.length);
  for (const [i, candidate] of pairs.entries())
    columns.set([source[candidate], target[candidate], scores[candidate]], 3 * i);
  return createHash("sha256").update(columns).digest("hex");
}
