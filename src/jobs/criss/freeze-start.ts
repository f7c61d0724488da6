import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { copyEncoder } from "../../embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { writeNewFolder } from "../../store/new-folder.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { Side } from "../side.js";
import { type KeepOptions, keepVectors } from "./kept-vectors.js";
import type { KnownEncoder } from "./known-encoder.js";
import { FOLDERS, STAGES, stagesFrom } from "./names.js";
import type { Plan } from "./plan.js";

/**
 * Takes what the start needs into the run, where every round's encoder links it, and its vectors of every text, which are
 * made when they are first asked for. Disk: the encoder's model, and 4 bytes a number of a vector.
 */
export async function freezeStart(
  start: KnownEncoder,
  plan: Plan,
  texts: readonly Side[],
  run: RunFolder,
  options: KeepOptions,
): Promise<KnownEncoder> {
  const own = isWithin(run.path, start.folder) ? start : await copyStart(start, run);
  return { ...own, kept: keepVectors(start, plan, texts, run, options) };
}

async function copyStart({ folder, key, options }: KnownEncoder, run: RunFolder): Promise<KnownEncoder> {
  const own = join(run.path, FOLDERS.start);
  await run.keep({
    name: STAGES.start,
    key: { copy: key },
    feeds: stagesFrom(0, run.done),
    make: () => readEncoderFolder(folder),
    save: (encoder) =>
      writeNewFolder(own, (staging) => copyEncoder(encoder, staging, options), { replace: true }),
    load: () => readEncoderFolder(own),
  });
  return { folder: own, key };
}

export function isWithin(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith("..");
}

/** Removes what a trainer that freezes its start has left in the run, where another one goes on. */
export async function dropFrozen({ texts }: Plan, run: RunFolder): Promise<void> {
  const kept = texts.map(({ name }) => STAGES.keptVectors(name)).filter((stage) => run.done.includes(stage));
  if (kept.length === 0) return;
  for (const folder of [FOLDERS.keptVectors, FOLDERS.start])
    await rm(join(run.path, folder), { recursive: true, force: true });
  await run.forget(STAGES.start, ...kept);
}
