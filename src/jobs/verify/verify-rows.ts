import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkRows } from "../../store/arrays/row-sums.js";
import type { CheckedFile } from "./checked-file.js";

/** Whether a folder is one that `evaluate --cache` keeps the vectors of a space in. */
export function hasRows(folder: string): boolean {
  return existsSync(join(folder, "keys")) && existsSync(join(folder, "rows"));
}

/** Checks every remembered vector of a space. */
export async function verifyRows(folder: string): Promise<CheckedFile> {
  const path = join(folder, "rows");
  const { damaged, unverified, sound } = await checkRows(folder);
  if (damaged > 0) {
    const problem = `${damaged} of ${damaged + unverified + sound} vectors are damaged. They are made again when they are asked for.`;
    return { path, state: "damaged", problem };
  }
  return { path, state: unverified > 0 ? "unverified" : "sound" };
}
