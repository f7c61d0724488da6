import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { copyEncoder } from "../../embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { isInside } from "../../store/files/is-inside.js";
import { linkFolder } from "../../store/files/link-folder.js";
import { writeNewFolder } from "../../store/files/new-folder.js";
import type { Key } from "../../store/run/manifest.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { KnownEncoder } from "./known-encoder.js";
import { FOLDERS, STAGES } from "./names.js";

/** What a round's encoder found. */
export interface MinedRound {
  round: number;
  encoder: KnownEncoder;
  /** Tells its files of pairs from any others. */
  pairs: Key;
}

/** Makes a round the run's own: its pairs, and the encoder that found them, at the top of the folder. */
export async function publish(run: RunFolder, { round, encoder, pairs }: MinedRound): Promise<void> {
  await run.keep({
    name: STAGES.result,
    key: { round, encoder: encoder.key, pairs },
    make: async () => round,
    save: async (_, path) => {
      await replaceFolder(join(path, FOLDERS.encoder), async (staging) =>
        isInside(encoder.folder, path)
          ? linkFolder(encoder.folder, staging)
          : copyEncoder(await readEncoderFolder(encoder.folder), staging, encoder.options),
      );
      const found = join(path, FOLDERS.round(round), FOLDERS.pairs);
      await replaceFolder(join(path, FOLDERS.pairs), (staging) => linkFolder(found, staging));
    },
    load: async (path) => {
      await readdir(join(path, FOLDERS.encoder));
      for (const name of await readdir(join(path, FOLDERS.round(round), FOLDERS.pairs)))
        await access(join(path, FOLDERS.pairs, name));
      return round;
    },
  });
}

/** Files of the run are linked: none of them is ever changed in place. */
async function replaceFolder(to: string, fill: (staging: string) => Promise<void>): Promise<void> {
  await writeNewFolder(to, fill, { replace: true });
}
