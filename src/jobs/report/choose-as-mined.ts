import { scoreMargin } from "../../score/margin.js";
import { selectPairs } from "../../select/select.js";
import { scoredAsMined, settleAsMined } from "../../steps/runs/as-mined.js";
import type { LoadedRun } from "../../steps/runs/load-run.js";

/** Chooses the pairs of a run among its candidates as they were mined, before any threshold. */
export function chooseAsMined({ chosen, ...loaded }: LoadedRun) {
  const { found, rescored } = scoredAsMined(loaded, {}, chosen);
  const { candidates } = found;
  const choice = settleAsMined({}, chosen);
  const margins = scoreMargin(candidates, choice.margin);
  const scores = rescored?.scores ?? margins.values;
  const { ordered } = selectPairs(candidates, scores, { ...choice, threshold: undefined });
  return { found, candidates, choice, margins, scores, isRescored: rescored !== undefined, ordered };
}
