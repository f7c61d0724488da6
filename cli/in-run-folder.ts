import { mkdir, rmdir } from "node:fs/promises";

/**
 * Does what writes into a run folder, where its pairs go, too: makes it, and removes one that stays empty since that
 * failed. The run itself reports what is wrong with the folder.
 */
export async function inRunFolder(run: string | undefined, work: () => Promise<void>): Promise<void> {
  const made = run && (await mkdir(run, { recursive: true }).catch(() => undefined));
  try {
    await work();
  } catch (error) {
    if (made) await rmdir(run).catch(() => {});
    throw error;
  }
}
