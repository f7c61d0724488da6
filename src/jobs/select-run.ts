import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { checkWhole } from "../check-values.js";
import { type StageSeconds, timed } from "../events.js";
import { type PairsAround, pairsAround } from "../steps/pairs/around.js";
import { CHOOSE_OPTIONS, type ChooseOptions, choosePairs } from "../steps/pairs/choose.js";
import type { MineSummary } from "../steps/pairs/mine-summary.js";
import { scoredAsMined, settleAsMined } from "../steps/runs/as-mined.js";
import { loadRun } from "../steps/runs/load-run.js";
import type { ScoredPair } from "../types/pairs.js";

/** Which pairs of the run's candidates are chosen. */
export interface SelectRunOptions extends ChooseOptions {
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: MineSummary) => void;
}

/** The names of `SelectRunOptions`. */
export const SELECT_RUN_OPTIONS: OptionNames<SelectRunOptions> = { ...CHOOSE_OPTIONS, onSummary: true };

/**
 * Chooses pairs again from what a run kept, without an encoder: by another threshold, margin or retrieval. What is not
 * given is as the run was mined, except the threshold; with a margin, what a re-scorer said does not count.
 *
 * @throws InputError if the folder is not a run that has been searched
 */
export async function* selectRun(
  folder: string,
  options: SelectRunOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  refuseUnknown("selectRun", options, SELECT_RUN_OPTIONS);
  const seconds: StageSeconds = {};
  const { chosen, ...loaded } = await timed(seconds, "read", () => loadRun(folder));
  using _sides = loaded.sides;
  const scored = scoredAsMined(loaded, options, chosen);
  const summary = yield* choosePairs(scored, settleAsMined(options, chosen), seconds);
  options.onSummary?.(summary);
}

/** How many pairs are shown around which threshold, and how they are chosen. */
export interface PairsAroundOptions extends Omit<ChooseOptions, "threshold" | "precision" | "signal"> {
  /** How many pairs, half of them on each side of the threshold. @default 20 */
  show?: number;
}

/** The names of `PairsAroundOptions`. */
export const PAIRS_AROUND_OPTIONS: OptionNames<PairsAroundOptions> = {
  margin: true,
  retrieval: true,
  secondChoice: true,
  show: true,
};

/**
 * The pairs of a run next to a threshold, to judge it by: those that it would just keep, and just leave out.
 *
 * @throws InputError if the folder is not a run that has been searched; OptionError
 */
export async function selectAround(
  folder: string,
  threshold: number,
  options: PairsAroundOptions = {},
): Promise<PairsAround> {
  refuseUnknown("selectAround", options, PAIRS_AROUND_OPTIONS);
  const { show = 20, ...choice } = options;
  checkWhole({ show });
  const { chosen, ...loaded } = await loadRun(folder);
  using _sides = loaded.sides;
  const settings = settleAsMined({ ...choice, threshold }, chosen);
  return pairsAround(scoredAsMined(loaded, choice, chosen), settings, { around: threshold, show });
}
