import { join } from "node:path";
import { copyEncoder } from "../../../embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { FOLDERS } from "../../../steps/runs/loop-names.js";
import { isInside } from "../../../store/files/is-inside.js";
import { writeNewFolder } from "../../../store/files/new-folder.js";
import type { KnownEncoder } from "../known-encoder.js";
import type { ReadLoop } from "../loop.js";
import { keepVectors } from "./kept-vectors.js";

/**
 * Copies what the start needs into the run, where every round's encoder links it. Its vectors of every text are kept
 * there, too, made when they are first asked for. Disk: the encoder's model, and 4 bytes for each number of a vector.
 */
export async function freezeStart(loop: ReadLoop, start: KnownEncoder): Promise<KnownEncoder> {
  const own = isInside(start.folder, loop.run.path) ? start : await copyStart(loop, start);
  return { ...own, kept: keepVectors(loop, start) };
}

async function copyStart({ run, stages }: ReadLoop, start: KnownEncoder): Promise<KnownEncoder> {
  const { folder, name, key, options } = start;
  const own = join(run.path, FOLDERS.start);
  await run.keep({
    ...stages.start,
    key: { copy: key },
    make: () => readEncoderFolder(folder, name),
    save: (encoder) =>
      writeNewFolder(own, (staging) => copyEncoder(encoder, staging, options), { replace: true }),
    load: () => readEncoderFolder(own),
  });
  return { folder: own, key };
}
