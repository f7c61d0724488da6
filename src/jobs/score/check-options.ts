import { checkMineOptions, checkOneOf } from "../check-options.js";
import { SCORE_NAMES } from "./pair-scorer.js";
import type { ScoreOptions } from "./score.js";

/** @throws OptionError for what can be told before the first line is read */
export function checkScoreOptions(options: ScoreOptions): void {
  const { add = [], read: _, ...rest } = options;
  checkMineOptions(rest);
  for (const name of add) checkOneOf("add", name, SCORE_NAMES);
}
