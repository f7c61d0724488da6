import { stat } from "node:fs/promises";

/** Whether a path names something that can be read only once, as `/dev/fd/63` does. */
export async function isPipe(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}
