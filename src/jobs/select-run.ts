import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { type StageSeconds, timed } from "../events.js";
import { CHOOSE_OPTIONS, type ChooseOptions, choosePairs, settleChoice } from "../steps/pairs/choose.js";
import type { MineSummary } from "../steps/pairs/mine-summary.js";
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
 * given is as the run was mined, except the threshold.
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
  const { margin = chosen.margin, retrieval = chosen.retrieval ?? "max" } = options;
  const secondChoice = options.secondChoice ?? (retrieval === "max" && chosen.secondChoice === true);
  const settings = settleChoice({ ...options, margin, retrieval, secondChoice });
  const summary = yield* choosePairs(loaded, settings, seconds);
  options.onSummary?.(summary);
}
