import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readFacts } from "../../store/files/facts-file.js";
import { type CheckedFile, checkSum, damaged } from "./checked-file.js";

/** Checks a file of facts, and the files beside it of which it has checksums. */
export async function* verifyFacts(path: string, advice: string): AsyncGenerator<CheckedFile> {
  let files: Awaited<ReturnType<typeof readFacts>>["files"];
  try {
    ({ files } = await readFacts(path, advice));
  } catch (error) {
    yield damaged(path, error);
    return;
  }
  yield { path, state: files ? "sound" : "unverified" };
  for (const [name, sum] of Object.entries(files ?? {}))
    yield checkSum(join(dirname(path), name), sum, advice);
}

/** The files of facts directly in a folder. */
export async function factsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
}
