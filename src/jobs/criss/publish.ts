import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { copyEncoder } from "../../embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../embed/folder/encoder-folder.js";
import { linkFolder } from "../../store/link-folder.js";
import { writeNewFolder } from "../../store/new-folder.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { ChosenPairs } from "./choose-round.js";
import { isWithin } from "./freeze-start.js";
import type { KnownEncoder } from "./known-encoder.js";
import { FOLDERS, STAGES } from "./names.js";

/** What a round's encoder found. */
export interface MinedRound {
  round: number;
  chosen: readonly ChosenPairs[];
  encoder: KnownEncoder;
}

/** Makes a round the run's own: its pairs, and the encoder that found them, at the top of the folder. */
export async function publish(run: RunFolder, { round, chosen, encoder }: MinedRound): Promise<void> {
  await run.keep({
    name: STAGES.result,
    key: { round, encoder: encoder.key, pairs: chosen.map(({ hash }) => hash) },
    make: async () => round,
    save: async (_, path) => {
      await replaceFolder(join(path, FOLDERS.encoder), async (staging) =>
        isWithin(path, encoder.folder)
          ? linkFolder(encoder.folder, staging)
          : copyEncoder(await readEncoderFolder(encoder.folder), staging, encoder.options),
      );
      const pairs = join(path, FOLDERS.round(round), FOLDERS.pairs);
      await replaceFolder(join(path, FOLDERS.pairs), (staging) => linkFolder(pairs, staging));
    },
    load: async (path) => {
      await readdir(join(path, FOLDERS.encoder));
      await readdir(join(path, FOLDERS.pairs));
      return round;
    },
  });
}

/** Files of the run are linked: none of them is ever changed in place. */
async function replaceFolder(to: string, fill: (staging: string) => Promise<void>): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await writeNewFolder(to, fill);
}
