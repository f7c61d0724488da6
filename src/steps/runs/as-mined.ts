import { type ChooseOptions, type ChooseSettings, type ScoredSides, settleChoice } from "../pairs/choose.js";
import type { LoadedRun } from "./load-run.js";
import type { ChosenBy } from "./run.js";

/** Whether what a re-scorer said counts: if the run was mined by it, unless a margin is asked for. */
export function isByRescorer({ margin }: ChooseOptions, { rescore }: ChosenBy): boolean {
  return rescore !== undefined && margin === undefined;
}

/** What was found, and what a re-scorer said of it where that counts. */
export function scoredAsMined(
  { rescored, ...found }: Omit<LoadedRun, "chosen">,
  { margin }: ChooseOptions,
  { rescore }: ChosenBy,
): ScoredSides {
  return { ...found, rescored: isByRescorer({ margin }, { rescore }) ? rescored : undefined };
}

/** What is not given is as the run was mined. */
export function settleAsMined(options: ChooseOptions, chosen: ChooseOptions): ChooseSettings {
  const { margin = chosen.margin, retrieval = chosen.retrieval ?? "max" } = options;
  const secondChoice = options.secondChoice ?? (retrieval === "max" && chosen.secondChoice === true);
  return settleChoice({ ...options, margin, retrieval, secondChoice });
}
