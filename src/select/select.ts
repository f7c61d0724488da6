import { checkNumber } from "../check-values.js";
import { OptionError } from "../errors.js";
import type { Candidates } from "../types/neighbours.js";
import { RETRIEVALS, type Retrieval } from "../types/pairs.js";
import { option, say } from "../wording.js";
import { bestBackward, bestForward } from "./best.js";
import { chosenBy, isDisjoint } from "./chosen-by.js";
import { takeGreedily } from "./greedy.js";
import { orderByScore } from "./order.js";
import { cutAtThreshold } from "./threshold.js";

/** Which candidates become pairs. */
export interface SelectOptions {
  /**
   * Which candidates become pairs: each source's best (`forward`), each target's best (`backward`), pairs that chose
   * each other (`intersection`), pairs of either (`union`), both bests together from the highest score down, each
   * sentence used once (`max`), or every candidate that has a score (`all`).
   * @default "max"
   */
  retrieval?: Retrieval;
  /** With `max`: a sentence that loses its best candidate may still get another of its k. @default false */
  secondChoice?: boolean;
  /** Keep only scores of at least this. @default no threshold */
  threshold?: number;
}

export interface Selection {
  /** Numbers of candidates: score descending, then source, then target. */
  pairs: Uint32Array;
  /** The same in one row with those that the threshold leaves out. */
  ordered: Uint32Array;
  /** Pairs left out because of the threshold. */
  belowThreshold: number;
}

/**
 * Chooses pairs among scored candidates.
 *
 * @param scores one a candidate; NaN never wins
 * @throws OptionError if a second choice is asked for outside of `max`
 */
export function selectPairs(
  candidates: Candidates,
  scores: Float64Array,
  options: SelectOptions = {},
): Selection {
  checkSelection(options);
  const ordered = retrieve(candidates, scores, options);
  return cutSelection({ ordered }, scores, options.threshold);
}

/** The same selection with another threshold. */
export function cutSelection(
  { ordered }: Pick<Selection, "ordered">,
  scores: Float64Array,
  threshold = Number.NEGATIVE_INFINITY,
): Selection {
  const pairs = cutAtThreshold(ordered, scores, threshold);
  return { pairs, ordered, belowThreshold: ordered.length - pairs.length };
}

/** @throws OptionError if the options contradict each other or are none */
export function checkSelection({ retrieval = "max", secondChoice, threshold }: SelectOptions): void {
  if (!RETRIEVALS.includes(retrieval))
    throw new OptionError(
      say`${option("retrieval")} is "${retrieval}"; expected one of ${RETRIEVALS.join(", ")}.`,
    );
  if (secondChoice && retrieval !== "max")
    throw new OptionError(
      say`${option("secondChoice")} goes with ${option("retrieval", "max")} only, not with ${retrieval}.`,
      { advice: "Leave it out." },
    );
  checkNumber({ threshold });
}

function retrieve(candidates: Candidates, scores: Float64Array, options: SelectOptions): Uint32Array {
  const isChosen = chosenBy(options);
  const forward = bestForward(candidates, scores);
  const backward = bestBackward(candidates, scores);
  const { source, target } = candidates;
  const numbers = new Uint32Array(scores.length);
  let count = 0;
  for (let candidate = 0; candidate < scores.length; candidate++) {
    if (Number.isNaN(scores[candidate])) continue;
    if (isChosen(forward[source[candidate]] === candidate, backward[target[candidate]] === candidate))
      numbers[count++] = candidate;
  }
  const ordered = orderByScore(numbers.slice(0, count), scores);
  return isDisjoint(options) ? takeGreedily(candidates, ordered) : ordered;
}
