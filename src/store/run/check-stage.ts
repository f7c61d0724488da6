import { join } from "node:path";
import { checkFiles, compareFile } from "../files/file-sums.js";
import type { StageRecord } from "./manifest.js";

const ADVICE = "Run the command that made it again.";

/**
 * Reads the files of a stage through once, and compares them with what was noted when they were written; a stage of a
 * version that noted nothing passes.
 *
 * @throws InputError that names the first file that is damaged or missing
 */
export async function checkStage(folder: string, { files = {}, spare = {} }: StageRecord): Promise<void> {
  await checkFiles(folder, files, ADVICE);
  for (const [file, expected] of Object.entries(spare)) {
    const found = await compareFile(join(folder, file), expected, ADVICE);
    if (found.state === "damaged") throw found.error;
  }
}

/** The same for one file of a stage. */
export async function checkStageFile(
  folder: string,
  { files = {} }: StageRecord,
  file: string,
): Promise<void> {
  const name = file.replaceAll("\\", "/");
  if (Object.hasOwn(files, name)) await checkFiles(folder, { [name]: files[name] }, ADVICE);
}
