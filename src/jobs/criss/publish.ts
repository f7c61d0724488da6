import { access, cp, link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isInside } from "../../store/is-inside.js";
import type { Key } from "../../store/manifest.js";
import { writeNewFolder } from "../../store/new-folder.js";
import type { RunFolder } from "../../store/run-folder.js";
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
      await replaceFolder(encoder.folder, join(path, FOLDERS.encoder), isInside(encoder.folder, path));
      await replaceFolder(join(path, FOLDERS.round(round), FOLDERS.pairs), join(path, FOLDERS.pairs), true);
    },
    load: async (path) => {
      await readdir(join(path, FOLDERS.encoder));
      for (const name of await readdir(join(path, FOLDERS.round(round), FOLDERS.pairs)))
        await access(join(path, FOLDERS.pairs, name));
      return round;
    },
  });
}

async function replaceFolder(from: string, to: string, own: boolean): Promise<void> {
  const fill = (staging: string) =>
    own ? linkFiles(from, staging) : cp(from, staging, { recursive: true, dereference: true });
  await writeNewFolder(to, fill, { replace: true });
}

/** The same files under another name, which take no room: no file of a run is ever changed in place. */
async function linkFiles(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target);
      await linkFiles(source, target);
    } else await link(source, target).catch(() => cp(source, target));
  }
}
