import { join } from "node:path";
import { copyEncoder } from "../../embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import type { Side } from "../../steps/texts/side.js";
import { isInside } from "../../store/files/is-inside.js";
import { writeNewFolder } from "../../store/files/new-folder.js";
import type { RunFolder } from "../../store/run/run-folder.js";
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
  options: KeepOptions & { continue?: boolean },
): Promise<KnownEncoder> {
  const own = isInside(start.folder, run.path) ? start : await copyStart(start, run, options.continue);
  return { ...own, kept: keepVectors(start, plan, texts, run, options) };
}

async function copyStart(
  { folder, key, options }: KnownEncoder,
  run: RunFolder,
  goesOn = false,
): Promise<KnownEncoder> {
  const own = join(run.path, FOLDERS.start);
  await run.keep({
    name: STAGES.start,
    key: { copy: key },
    feeds: goesOn ? [] : stagesFrom(0, run.done),
    make: () => readEncoderFolder(folder),
    save: (encoder) =>
      writeNewFolder(own, (staging) => copyEncoder(encoder, staging, options), { replace: true }),
    load: () => readEncoderFolder(own),
  });
  return { folder: own, key };
}
