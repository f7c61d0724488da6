import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { checkBudget, checkWhole } from "../check-values.js";
import { type StageSeconds, timed } from "../events.js";
import { type PairsAround, pairsAround } from "../steps/pairs/around.js";
import { CHOOSE_OPTIONS, type ChooseOptions, choosePairs } from "../steps/pairs/choose.js";
import type { MineSummary } from "../steps/pairs/mine-summary.js";
import { settleAsMined } from "../steps/runs/as-mined.js";
import { openRunInFiles, rankRun } from "../steps/runs/rank-run.js";
import { makeTemporaryFolder } from "../store/files/temporary-folder.js";
import type { ScoredPair } from "../types/pairs.js";

/** Which pairs of the run's candidates are chosen. */
export interface SelectRunOptions extends ChooseOptions {
  /** Bytes that may be held to choose in; the rest goes to temporary files. At least 1 MiB. @default 64 MiB */
  memory?: number;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: MineSummary) => void;
}

/** The names of `SelectRunOptions`. */
export const SELECT_RUN_OPTIONS: OptionNames<SelectRunOptions> = {
  ...CHOOSE_OPTIONS,
  memory: true,
  onSummary: true,
};

const USUAL_MEMORY = 2 ** 26;
const LEAST_MEMORY = 2 ** 20;

/**
 * Chooses pairs again from what a run kept, without an encoder: by another threshold, margin or retrieval. What is not
 * given is as the run was mined, except the threshold; with a margin, what a re-scorer said does not count.
 *
 * Memory: what `memory` says, and two bits a sentence; to estimate a threshold, of the candidates that it samples.
 *
 * @throws InputError if the folder is not a run that has been searched; OptionError; OutputError
 */
export async function* selectRun(
  folder: string,
  options: SelectRunOptions = {},
): AsyncGenerator<ScoredPair, void, undefined> {
  refuseUnknown("selectRun", options, SELECT_RUN_OPTIONS);
  const { memory: memoryBytes = USUAL_MEMORY } = options;
  checkBudget(memoryBytes, LEAST_MEMORY);
  const seconds: StageSeconds = {};
  await using temporary = await makeTemporaryFolder();
  using run = await timed(seconds, "read", () => openRunInFiles(folder));
  const settings = settleAsMined(options, run.chosen);
  using ranked = await timed(seconds, "select", () =>
    rankRun(run, options, settings, { folder: temporary.path, memoryBytes }),
  );
  const summary = yield* choosePairs(ranked, settings, seconds);
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
  await using temporary = await makeTemporaryFolder();
  using run = await openRunInFiles(folder);
  const settings = settleAsMined({ ...choice, threshold }, run.chosen);
  const work = { folder: temporary.path, memoryBytes: USUAL_MEMORY };
  using ranked = rankRun(run, choice, settings, work);
  return pairsAround(ranked, { around: threshold, show });
}
