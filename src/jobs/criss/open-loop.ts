import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { RunFolder, type StageNews } from "../../store/run-folder.js";
import type { JobEvent } from "../events.js";
import { ENCODER_FACTS, FOLDERS, isVectors, roundOf, STAGES } from "./names.js";
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
  const run = await RunFolder.open(folder, (news) => {
    if (!isSilent(news)) onEvent({ kind: "stage", ...news });
  });
  try {
    if (run.done.length > 0 && !run.done.includes(STAGES.plan))
      throw new InputError({ path: folder }, "is a run of mine, not of criss. Name another folder.");
    await run.forget(STAGES.finished);
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

/** Notes that a loop is at its end; rounds that another one left beyond its last are removed. */
export async function finishLoop(
  run: RunFolder,
  last: number,
  best: number,
  stopped: boolean,
): Promise<void> {
  await run.forget(...run.done.filter((stage) => (roundOf(stage) ?? 0) > last), STAGES.encoder(last));
  for (const name of await readdir(join(run.path, FOLDERS.rounds)))
    if (Number(name) > last) await rm(join(run.path, FOLDERS.rounds, name), { recursive: true, force: true });
  for (const folder of [FOLDERS.encoderOf(last), FOLDERS.training(last)])
    await rm(join(run.path, folder), { recursive: true, force: true });
  await rm(join(run.path, FOLDERS.round(last), ENCODER_FACTS), { force: true });
  await run.record(STAGES.finished, { rounds: last, best, stopped }, 0);
}
