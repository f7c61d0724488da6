import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { SideName } from "../../types/texts.js";
import { readNpy, writeColumn } from "../arrays/npy-file.js";

/** For each sentence of a side the one that stands for it. */
export type Groups = Record<SideName, Uint32Array>;

const SIDES = ["source", "target"] as const;
const groupPath = (folder: string, side: SideName) => join(folder, `${side}.stands-for.npy`);

/** The files that `writeGroups` may write. */
export const GROUP_FILES = SIDES.map((side) => groupPath("", side));

/** Writes a .npy file a side, or removes what is there where there are no groups. */
export async function writeGroups(folder: string, groups?: Groups): Promise<void> {
  for (const side of SIDES) {
    const path = groupPath(folder, side);
    if (!groups) await rm(path, { force: true });
    else await writeColumn(path, "<u4", groups[side]);
  }
}

/**
 * The groups that `writeGroups` wrote.
 *
 * @throws InputError if a file is missing or broken
 */
export function readGroups(folder: string): Groups {
  const read = (side: SideName) => readNpy(groupPath(folder, side)) as Uint32Array;
  return { source: read("source"), target: read("target") };
}
