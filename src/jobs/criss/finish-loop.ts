import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { vectorFiles } from "../../store/arrays/vectors-file.js";
import { sideFiles } from "../../store/corpus/side-files.js";
import { isInside } from "../../store/files/is-inside.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { KnownEncoder } from "./known-encoder.js";
import { ENCODER_FACTS, EVALUATION, FOLDERS, STAGES } from "./names.js";
import type { Plan } from "./plan.js";

/** How a loop ended. */
export interface LoopEnd {
  /** The last round. */
  rounds: number;
  best: number;
  stopped: boolean;
  /** Tells its texts, and what was mined with what, from all others. */
  texts: string;
}

/** What a loop that is at its end has in its folder. */
export interface LoopFiles {
  plan: Plan;
  start: KnownEncoder;
  /** The first round; those before are of a loop that was continued. */
  first: number;
  /** Whether its encoders were measured on a test set. */
  evaluated: boolean;
}

/**
 * Notes that a loop is at its end. What other options left is removed: rounds beyond the last one, texts and pairs of
 * languages that are not in the plan, another start.
 */
export async function finishLoop(run: RunFolder, files: LoopFiles, end: LoopEnd): Promise<void> {
  const { plan, start, first, evaluated } = files;
  const last = end.rounds;
  const ownStart = isInside(start.folder, run.path);
  const needed = stagesOf(files, last, ownStart);
  await run.forget(...run.done.filter((stage) => !needed.includes(stage)));
  const remove = (name: string) => rm(join(run.path, name), { recursive: true, force: true });
  for (const name of await readdir(join(run.path, FOLDERS.rounds)))
    if (Number(name) > last) await remove(join(FOLDERS.rounds, name));
  for (const folder of [FOLDERS.encoderOf(last), FOLDERS.training(last)]) await remove(folder);
  await remove(join(FOLDERS.round(last), ENCODER_FACTS));
  if (!ownStart) await remove(FOLDERS.start);
  if (!start.kept) await remove(FOLDERS.keptVectors);
  await keepOnly(
    join(run.path, FOLDERS.texts),
    plan.texts.flatMap(({ name }) => sideFiles(name)),
  );
  if (start.kept)
    await keepOnly(
      join(run.path, FOLDERS.keptVectors),
      plan.texts.flatMap(({ name }) => vectorFiles(`${name}.npy`)),
    );
  for (let round = 0; round < first; round++) await remove(FOLDERS.candidates(round, "."));
  const pairs = plan.pairs.map(({ name }) => name);
  for (let round = first; round <= last; round++) {
    await keepOnly(join(run.path, FOLDERS.candidates(round, ".")), pairs);
    if (!evaluated) await remove(join(FOLDERS.round(round), EVALUATION));
  }
  await run.dropUnfinished();
  await run.record(STAGES.finished, { ...end }, 0);
}

/** All stages of a loop that is at its end. */
function stagesOf({ plan, start, first, evaluated }: LoopFiles, last: number, ownStart: boolean): string[] {
  const before = Array.from({ length: first }, (_, round) => [
    STAGES.evaluation(round),
    STAGES.pairs(round),
    STAGES.encoder(round),
  ]);
  const rounds = Array.from({ length: last - first + 1 }, (_, i) => [
    ...plan.pairs.map(({ name }) => STAGES.candidates(first + i, name)),
    ...(evaluated ? [STAGES.evaluation(first + i)] : []),
    STAGES.pairs(first + i),
    ...(first + i < last ? [STAGES.encoder(first + i)] : []),
  ]);
  return [
    STAGES.plan,
    ...(ownStart ? [STAGES.start] : []),
    ...(first > 0 ? [STAGES.continued] : []),
    ...plan.texts.map(({ name }) => STAGES.text(name)),
    ...(start.kept ? plan.texts.map(({ name }) => STAGES.keptVectors(name)) : []),
    ...before.flat(),
    ...rounds.flat(),
    STAGES.result,
  ];
}

async function keepOnly(folder: string, names: readonly string[]): Promise<void> {
  for (const name of await readdir(folder))
    if (!names.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
}
