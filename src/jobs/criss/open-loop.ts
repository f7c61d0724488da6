import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { isInside } from "../../store/is-inside.js";
import { RunFolder, removeLitter, type StageNews } from "../../store/run-folder.js";
import { sideFiles } from "../../store/side-files.js";
import type { JobEvent } from "../events.js";
import type { KnownEncoder } from "./known-encoder.js";
import { ENCODER_FACTS, EVALUATION, FOLDERS, isVectors, STAGES } from "./names.js";
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

/** How a loop ended. */
export interface LoopEnd {
  /** The last round. */
  rounds: number;
  best: number;
  stopped: boolean;
}

/**
 * Notes that a loop is at its end. What other options left is removed: rounds beyond the last one, texts and pairs of
 * languages that are not in the plan, another start.
 */
export async function finishLoop(
  run: RunFolder,
  plan: Plan,
  { start, evaluated }: { start: KnownEncoder; evaluated: boolean },
  end: LoopEnd,
): Promise<void> {
  const last = end.rounds;
  const ownStart = isInside(start.folder, run.path);
  const needed = stagesOf(plan, last, { ownStart, evaluated });
  await run.forget(...run.done.filter((stage) => !needed.includes(stage)));
  const remove = (name: string) => rm(join(run.path, name), { recursive: true, force: true });
  for (const name of await readdir(join(run.path, FOLDERS.rounds)))
    if (Number(name) > last) await remove(join(FOLDERS.rounds, name));
  await remove(FOLDERS.encoderOf(last));
  await remove(join(FOLDERS.round(last), ENCODER_FACTS));
  if (!ownStart) await remove(FOLDERS.start);
  await keepOnly(
    join(run.path, FOLDERS.texts),
    plan.texts.flatMap(({ name }) => sideFiles(name)),
  );
  const pairs = plan.pairs.map(({ name }) => name);
  for (let round = 0; round <= last; round++) {
    await keepOnly(join(run.path, FOLDERS.candidates(round, ".")), pairs);
    if (!evaluated) await remove(join(FOLDERS.round(round), EVALUATION));
  }
  await run.dropUnfinished();
  await run.record(STAGES.finished, { ...end }, 0);
}

/** All stages of a loop that is at its end. */
function stagesOf(
  { texts, pairs }: Plan,
  last: number,
  { ownStart, evaluated }: { ownStart: boolean; evaluated: boolean },
): string[] {
  const rounds = Array.from({ length: last + 1 }, (_, round) => [
    ...pairs.map(({ name }) => STAGES.candidates(round, name)),
    ...(evaluated ? [STAGES.evaluation(round)] : []),
    STAGES.pairs(round),
    ...(round < last ? [STAGES.encoder(round)] : []),
  ]);
  const start = ownStart ? [STAGES.start] : [];
  return [
    STAGES.plan,
    ...start,
    ...texts.map(({ name }) => STAGES.text(name)),
    ...rounds.flat(),
    STAGES.result,
  ];
}

async function keepOnly(folder: string, names: readonly string[]): Promise<void> {
  for (const name of await readdir(folder))
    if (!names.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
}
