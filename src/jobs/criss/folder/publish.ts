import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { copyEncoder } from "../../../embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { FOLDERS } from "../../../steps/runs/loop-names.js";
import { isInside } from "../../../store/files/is-inside.js";
import { linkFolder } from "../../../store/files/link-folder.js";
import { writeNewFolder } from "../../../store/files/new-folder.js";
import type { Loop } from "../loop.js";
import type { MinedRound } from "../rounds/find-round.js";

/** Makes a round the run's own: its pairs, and the encoder that found them, at the top of the folder. */
export async function publish({ run, stages }: Loop, round: MinedRound): Promise<void> {
  const { number, encoder, pairs } = round;
  const found = join(run.path, FOLDERS.round(number), FOLDERS.pairs);
  const [encoderFolder, pairsFolder] = [FOLDERS.encoder, FOLDERS.pairs].map((name) => join(run.path, name));
  await run.keep({
    ...stages.result,
    key: { round: number, encoder: encoder.key, pairs },
    // It changes with every round.
    silent: ["made", "remade", "kept"],
    make: async () => number,
    save: async () => {
      await replaceFolder(encoderFolder, async (staging) =>
        isInside(encoder.folder, run.path)
          ? linkFolder(encoder.folder, staging)
          : copyEncoder(await readEncoderFolder(encoder.folder, encoder.name), staging, encoder.options),
      );
      await replaceFolder(pairsFolder, (staging) => linkFolder(found, staging));
    },
    load: async () => {
      await readdir(encoderFolder);
      for (const name of await readdir(found)) await access(join(pairsFolder, name));
      return number;
    },
  });
}

/** Files of the run are linked: none of them is ever changed in place. */
async function replaceFolder(to: string, fill: (staging: string) => Promise<void>): Promise<void> {
  await writeNewFolder(to, fill, { replace: true });
}
