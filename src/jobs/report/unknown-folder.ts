import { readdir } from "node:fs/promises";
import { InputError } from "../../errors.js";

/** What a report can be made of. */
export const KNOWN =
  "expected that of crisscross mine --run, criss, extract or filter, or a bitext with scores";

/** The error for a folder of which nothing is known. */
export async function unknownFolder(folder: string): Promise<InputError> {
  const names = await readdir(folder);
  const holds =
    names.length === 0
      ? "is an empty folder"
      : "is no folder of a run: it has neither manifest.json nor what filter counted (*.stats.json)";
  return new InputError({ path: folder }, `${holds}; ${KNOWN}.`, {
    advice: "Make one with crisscross mine --run, or name the bitext itself.",
  });
}
