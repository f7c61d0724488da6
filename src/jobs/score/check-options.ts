import { checkMineOptions, checkOneOf } from "../check-options.js";
import { SCORES } from "./pair-scorer.js";
import type { ScoreOptions } from "./score.js";

/** @throws OptionError for what can be told before the first line is read */
export function checkScoreOptions(options: ScoreOptions): void {
  const { score = "ratio", add = [], read: _, ...rest } = options;
  checkMineOptions(rest);
  checkOneOf("score", score, SCORES);
  for (const name of add) checkOneOf("add", name, SCORES);
}
