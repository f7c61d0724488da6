import { join } from "node:path";
import { checkListed, readSumsList, SUMS_LIST } from "../../store/files/sums-list.js";
import { type CheckedFile, damaged } from "./checked-file.js";

/** Checks the files that the `SHA256SUMS` of a folder names. */
export async function* verifyListed(folder: string): AsyncGenerator<CheckedFile> {
  const path = join(folder, SUMS_LIST);
  try {
    const sums = await readSumsList(folder);
    yield { path, state: "sound" };
    for (const [file, expected] of sums ?? []) yield checkOne(join(folder, file), expected);
  } catch (error) {
    yield damaged(path, error);
  }
}

async function checkOne(path: string, expected: string): Promise<CheckedFile> {
  try {
    return { path, state: (await checkListed(path, expected)) ? "sound" : "missing" };
  } catch (error) {
    return damaged(path, error);
  }
}
