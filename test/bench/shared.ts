import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The path of a corpus or model that lies beside the repository and is not part of it. */
export function sharedPath(name: string): string {
  const path = resolve("..", "shared", name);
  if (!existsSync(path)) throw new Error(`This benchmark needs ${path}, which is not there.`);
  return path;
}
