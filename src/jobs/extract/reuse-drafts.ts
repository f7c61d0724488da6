import { constants, copyFile, link, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { explainWriteError } from "../../store/files/output-error.js";
import { draftFiles, hasDraft } from "./draft.js";
import { DRAFTS } from "./names.js";

/**
 * Gives those drafts that other runs made, and that are not there yet, a name here as well. Whether they are whole is seen
 * when they are checked. A draft of which a killed run left a part is taken anew.
 *
 * @param drafts paths of drafts, whose names say what they are made of
 * @param outputs the output folder of another run, or a folder of several
 * @returns how many were found
 * @throws OutputError if a draft that cannot be linked cannot be copied either
 */
export async function reuseDrafts(drafts: readonly string[], outputs: string): Promise<number> {
  const missing = drafts.filter((path) => !hasDraft(path));
  let found = 0;
  for (const output of ["", ...(await readdir(outputs)).sort()]) {
    const folder = join(outputs, output, DRAFTS);
    for (const path of missing) {
      const from = join(folder, basename(path));
      if (hasDraft(path) || !hasDraft(from)) continue;
      await linkDraft(from, path);
      found++;
    }
  }
  return found;
}

async function linkDraft(from: string, to: string): Promise<void> {
  const [sources, targets] = [draftFiles(from), draftFiles(to)];
  // The file by which a draft counts comes last; keys are not in every one.
  for (const name of ["lines", "rows", "hashes", "keys", "json"] as const) {
    await rm(targets[name], { force: true });
    await link(sources[name], targets[name]).catch(() => copy(sources[name], targets[name]));
  }
}

/** To a name that must be new. */
async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL).catch((error) => {
    if (error.code !== "ENOENT") throw explainWriteError(error, to);
  });
}
