import { stat } from "node:fs/promises";

/**
 * Whether a path leads to a file that one of others leads to, too, whatever they are called.
 *
 * @param others only paths count
 */
export async function isSameFile(path: string, others: readonly unknown[]): Promise<boolean> {
  const file = await stat(path).catch(() => undefined);
  if (!file?.isFile()) return false;
  for (const other of others) {
    const found = typeof other === "string" ? await stat(other).catch(() => undefined) : undefined;
    if (found && found.dev === file.dev && found.ino === file.ino) return true;
  }
  return false;
}
