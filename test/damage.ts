import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionContext } from "ava";
import { CrisscrossError } from "../src/errors.js";
import { flipBit } from "./flip-bit.js";
import { hashRunFiles } from "./run-files.js";

/** What one flipped bit in a file led to. */
export type Consequence =
  /** The same result, and every file again as it was. */
  | "mended"
  /** The same result; the file was not needed, and is as the flip left it. */
  | "unread"
  /** An error of ours that names the file. */
  | "refused";

/**
 * Turns one bit in a copy of a folder, does the same job there again, and compares its result and its files with those
 * of the sound folder. Whatever else happens fails the test.
 *
 * @param job gives a result that is compared as JSON
 */
export async function flipAndRepeat(
  t: ExecutionContext,
  { folder, file }: { folder: string; file: string },
  job: (copy: string) => Promise<unknown>,
): Promise<Consequence> {
  const place = mkdtempSync(join(tmpdir(), "crisscross-test-"));
  const copy = join(place, "run");
  try {
    cpSync(folder, copy, { recursive: true });
    const path = join(copy, file);
    // In the middle of the content, beyond all headers.
    flipBit(path, Math.floor(statSync(path).size / 2) * 8 + 3);
    const result = await job(copy).catch((error) => {
      t.true(error instanceof CrisscrossError, `${file}: ${error.stack}`);
      t.true(error.message.includes(file), `${file}: ${error.message}`);
      return "refused" as const;
    });
    if (result === "refused") return result;
    const { result: expected, files } = await soundFolder(folder, job);
    t.deepEqual(result, expected, `${file}: another result in silence`);
    const { [file]: flipped, ...others } = hashRunFiles(copy);
    const { [file]: sound, ...otherwise } = files;
    t.deepEqual(others, otherwise, file);
    return flipped === sound ? "mended" : "unread";
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** What a job gives in a sound folder, and the files there. */
interface Sound {
  result: unknown;
  files: Record<string, string>;
}

const known = new WeakMap<object, Map<string, Sound>>();

async function soundFolder(folder: string, job: (folder: string) => Promise<unknown>): Promise<Sound> {
  const ofJob = known.get(job) ?? new Map<string, Sound>();
  known.set(job, ofJob);
  const sound = ofJob.get(folder) ?? { result: await job(folder), files: hashRunFiles(folder) };
  ofJob.set(folder, sound);
  return sound;
}
