import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { JobEvent } from "../../events.js";
import { removeLitter } from "../../store/files/remove-litter.js";
import { RunFolder, type StageNews } from "../../store/run/run-folder.js";
import { FOLDERS, isVectors, STAGES } from "./names.js";
import type { Plan } from "./plan.js";

/**
 * Opens a loop's folder, and notes in it what shall be done.
 *
 * @throws InputError if it is the folder of another job
 */
export async function openLoop(
  folder: string,
  plan: Plan,
  rounds: number,
  onEvent: (event: JobEvent) => void,
): Promise<RunFolder> {
  const run = await RunFolder.open(folder, "criss", (news) => {
    if (!isSilent(news)) onEvent({ kind: "stage", ...news });
  });
  try {
    for (const place of [FOLDERS.texts, FOLDERS.rounds]) {
      await mkdir(join(folder, place), { recursive: true });
      await removeLitter(join(folder, place), { recursive: true });
    }
    const names = { texts: plan.texts.map(({ name }) => name), pairs: plan.pairs.map(({ name }) => name) };
    await run.record(STAGES.plan, { ...names, rounds }, 0);
    return run;
  } catch (error) {
    await run.close();
    throw error;
  }
}

/** What the run gives changes with every round, and vectors are asked for once a pair of languages. */
function isSilent({ stage, what }: StageNews): boolean {
  return stage === STAGES.result || (what === "kept" && isVectors(stage));
}
