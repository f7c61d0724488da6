import { join } from "node:path";
import { compareListed, readSumsList, SUMS_LIST } from "../../store/files/sums-list.js";
import { type CheckedFile, checked, damaged } from "./checked-file.js";

/** Checks the files that the `SHA256SUMS` of a folder names. */
export async function* verifyListed(folder: string): AsyncGenerator<CheckedFile> {
  const path = join(folder, SUMS_LIST);
  let sums: Awaited<ReturnType<typeof readSumsList>>;
  try {
    sums = await readSumsList(folder);
  } catch (error) {
    yield damaged(path, error);
    return;
  }
  yield { path, state: "sound" };
  for (const [name, expected] of sums ?? []) {
    const file = join(folder, name);
    yield checked(file, await compareListed(file, expected));
  }
}
