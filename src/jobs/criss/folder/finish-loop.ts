import { readdir, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { FOLDERS, STAGES } from "../../../steps/runs/loop-names.js";
import { isInside } from "../../../store/files/is-inside.js";
import type { StageOutline } from "../../../store/run/outline.js";
import type { Loop } from "../loop.js";
import type { RoundStages } from "./stages.js";

/** How a loop ended. */
export interface LoopEnd {
  /** The last round. */
  rounds: number;
  best: number;
  stopped: boolean;
  /** Tells its texts, and what was mined with what, from all others. */
  texts: string;
}

/**
 * Notes that a loop has ended, and removes what earlier runs with other options left: later rounds, texts and pairs of
 * languages that are not in the plan, another start.
 */
export async function finishLoop(loop: Loop, end: LoopEnd): Promise<void> {
  const { run, first } = loop;
  const needed = stagesAtEnd(loop, end.rounds);
  const notes = first > 0 ? [STAGES.plan, STAGES.continued] : [STAGES.plan];
  const names = new Set([...notes, ...needed.map(({ name }) => name)]);
  await run.forget(...run.done.filter((stage) => !names.has(stage)));
  const files = needed.flatMap((stage) => stage.files);
  for (const folder of [FOLDERS.texts, FOLDERS.start, FOLDERS.seeded, FOLDERS.keptVectors])
    await keepOnly(files, run.path, folder);
  for (const name of await readdir(join(run.path, FOLDERS.rounds))) {
    const round = Number(name);
    if (round < first) await keepOnly([], run.path, FOLDERS.candidates(round, "."));
    else if (round > end.rounds) await keepOnly([], run.path, FOLDERS.round(round));
    else if (round >= first)
      for (const path of entriesOf(loop.stages.rounds[round], FOLDERS.round(round)))
        await keepOnly(files, run.path, path);
  }
  await run.dropUnfinished();
  await run.record(STAGES.finished, { ...end }, 0);
}

/** The stages of a loop that is at its end. */
function stagesAtEnd({ run, stages, start, seeds, tatoeba, first }: Loop, last: number): StageOutline[] {
  const { texts, vectors, rounds, result } = stages;
  const before = rounds
    .slice(0, first)
    .flatMap(({ evaluation, pairs, encoder }) => [evaluation, pairs, encoder]);
  const own = rounds
    .slice(first, last + 1)
    .flatMap(({ candidates, evaluation, pairs, encoder }, i) => [
      ...candidates,
      ...(tatoeba ? [evaluation] : []),
      pairs,
      ...(first + i < last ? [encoder] : []),
    ]);
  return [
    ...texts,
    ...(isInside(start.folder, run.path) ? [stages.start] : []),
    ...(seeds.some((pairs) => pairs) ? [stages.seeded] : []),
    ...(start.kept ? vectors : []),
    ...before,
    ...own,
    result,
  ];
}

/** What a round's stages leave directly in its folder; whatever else lies there is not the loop's. */
function entriesOf(stages: RoundStages, folder: string): string[] {
  const files = Object.values(stages).flatMap((stage) => [stage].flat().flatMap(({ files }) => files));
  return [...new Set(files.map((file) => join(folder, relative(folder, file).split(sep)[0])))];
}

/** Removes everything under a path of the run except these files and folders. */
async function keepOnly(files: readonly string[], run: string, path: string): Promise<void> {
  if (files.includes(path)) return;
  const holdsSome = files.some((file) => file.startsWith(path + sep));
  if (!holdsSome) return rm(join(run, path), { recursive: true, force: true });
  for (const name of await readdir(join(run, path))) await keepOnly(files, run, join(path, name));
}
