import { rmdir } from "node:fs/promises";
import { makeFolder } from "../src/index.js";

/**
 * Does what writes into a run folder, where its pairs go, too: makes it, and removes one that stays empty since that
 * failed.
 */
export async function inRunFolder(run: string | undefined, work: () => Promise<void>): Promise<void> {
  const made = run && (await makeFolder(run));
  try {
    await work();
  } catch (error) {
    if (made) await rmdir(run).catch(() => {});
    throw error;
  }
}
