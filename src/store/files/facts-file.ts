import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../../errors.js";
import type { Wording } from "../../wording.js";
import { checkFiles, type FileSums, sumFiles } from "./file-sums.js";
import { seal, unseal } from "./sealed-json.js";
import { writeWholeText } from "./whole-file.js";

/** What tells whether the files beside a file of facts are as they were written. */
export interface SummedFiles {
  /** Checksums by name; an earlier version noted none. */
  files?: FileSums;
}

/** Writes a file of facts as sealed JSON, with the checksums of those files beside it that are there. */
export async function writeFacts(
  path: string,
  facts: object,
  { beside, indent }: { beside: readonly string[]; indent?: number },
): Promise<void> {
  const files = await sumFiles(dirname(path), beside);
  await writeWholeText(path, `${JSON.stringify(await seal({ ...facts, files }), null, indent)}\n`);
}

/** @throws InputError if the file cannot be read, or is not as it was written */
export async function readFacts<T extends object>(path: string, advice: string): Promise<T & SummedFiles> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new InputError({ path }, `cannot be read: ${cause.code}.`, { cause });
  });
  try {
    const { value, isSound } = await unseal<T>(JSON.parse(text));
    if (isSound) return value;
  } catch (cause) {
    throw new InputError({ path }, "is damaged: it is not JSON any more.", { advice, cause });
  }
  throw new InputError({ path }, "is damaged: what it says is not what was written.", { advice });
}

/** @throws InputError that names the first file that is damaged or missing */
export async function checkFacts(path: string, { files = {} }: SummedFiles, advice: Wording): Promise<void> {
  await checkFiles(dirname(path), files, advice);
}
