import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Where a system that has it lists the files that this process has open. */
export const OPEN_FILES = "/proc/self/fd";

export function isOpen(path: string): boolean {
  return readdirSync(OPEN_FILES).some((file) => {
    try {
      return readlinkSync(join(OPEN_FILES, file)) === path;
    } catch {
      return false;
    }
  });
}
