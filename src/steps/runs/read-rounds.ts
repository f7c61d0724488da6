import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkStageFile } from "../../store/run/check-stage.js";
import { explainDamage } from "../../store/run/damage.js";
import type { Manifest } from "../../store/run/manifest.js";
import { FOLDERS, STAGES, STATS } from "./loop-names.js";
import type { RoundSummary } from "./loop-summary.js";

/**
 * The figures of a loop's rounds, up to the first that is not mined yet.
 *
 * @throws InputError if a file of them is missing or damaged
 */
export async function readRounds(
  folder: string,
  stages: Manifest["stages"],
  last: number,
): Promise<RoundSummary[]> {
  const rounds: RoundSummary[] = [];
  try {
    for (let round = 0; round <= last && isDone(stages, STAGES.pairs(round)); round++) {
      const file = join(FOLDERS.round(round), STATS);
      await checkStageFile(folder, stages[STAGES.pairs(round)], file);
      rounds.push(JSON.parse(await readFile(join(folder, file), "utf8")));
    }
  } catch (error) {
    throw explainDamage(error, folder);
  }
  return rounds;
}

/** Whether a stage of a loop is done, and good as it is. */
export function isDone(stages: Manifest["stages"], name: string): boolean {
  return stages[name] !== undefined && !stages[name].outdated;
}
