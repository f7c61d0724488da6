import { rmdir } from "node:fs/promises";
import { makeFolder } from "../src/store/files/make-folder.js";
import { explainWriteError } from "../src/store/files/output-error.js";

/**
 * Does what writes into a run folder, where its pairs go, too: makes it, and removes one that stays empty since that
 * failed.
 *
 * @throws OutputError if there can be no such folder
 */
export async function inRunFolder(run: string | undefined, work: () => Promise<void>): Promise<void> {
  const made =
    run &&
    (await makeFolder(run).catch((error) => {
      throw explainWriteError(error, run);
    }));
  try {
    await work();
  } catch (error) {
    if (made) await rmdir(run).catch(() => {});
    throw error;
  }
}
