import { join } from "node:path";
import { InputError } from "../../../errors.js";
import { FOLDERS, STAGES } from "../../../steps/runs/loop-names.js";
import { makeFolder } from "../../../store/files/make-folder.js";
import { removeLitter } from "../../../store/files/remove-litter.js";
import { RunFolder } from "../../../store/run/run-folder.js";
import { option, say } from "../../../wording.js";
import type { SettledCriss } from "../options.js";
import type { Plan } from "../plan.js";

/**
 * Opens a loop's folder, and notes in it what shall be done.
 *
 * @throws InputError if it is the folder of another job, or that of no finished loop where one is to be continued
 */
export async function openLoopFolder(plan: Plan, options: SettledCriss): Promise<RunFolder> {
  const { run: folder, rounds, continue: goesOn, onEvent } = options;
  const run = await RunFolder.open(folder, "criss", (news) => onEvent({ kind: "stage", ...news }));
  try {
    for (const place of [FOLDERS.texts, FOLDERS.rounds]) {
      await makeFolder(join(folder, place));
      await removeLitter(join(folder, place), { recursive: true });
    }
    const names = { texts: plan.texts.map(({ name }) => name), pairs: plan.pairs.map(({ name }) => name) };
    await run.record(STAGES.plan, { ...names, rounds }, 0);
    if (goesOn) checkFinished(run);
    else await run.forget(STAGES.finished, STAGES.continued);
    return run;
  } catch (error) {
    await run.close();
    throw error;
  }
}

/** @throws InputError if the loop in a run is not finished, nor one that goes on already */
function checkFinished(run: RunFolder): void {
  if (run.keyOf(STAGES.finished) || run.keyOf(STAGES.continued)) return;
  throw new InputError({ path: run.path }, "is not finished, so it cannot be continued with more texts.", {
    advice: say`Finish it with the same command without ${option("continue", true)}, and add texts afterwards.`,
  });
}
