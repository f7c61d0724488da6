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
  { folder, file, bit }: { folder: string; file: string; bit?: number },
  job: (copy: string) => Promise<unknown>,
): Promise<Consequence> {
  const place = mkdtempSync(join(tmpdir(), "crisscross-test-"));
  const copy = join(place, "run");
  try {
    cpSync(folder, copy, { recursive: true });
    const path = join(copy, file);
    // In the middle of the content, beyond all headers.
    flipBit(path, bit ?? Math.floor(statSync(path).size / 2) * 8 + 3);
    const what = `${file}, bit ${bit}`;
    const result = await job(copy).catch((error) => {
      t.true(error instanceof CrisscrossError, `${what}: ${error.stack}`);
      t.true(error.message.includes(file), `${what}: ${error.message}`);
      return "refused" as const;
    });
    if (result === "refused") return result;
    t.deepEqual(result, await soundResult(folder, job), `${what}: another result in silence`);
    const [before, after] = [hashRunFiles(folder), hashRunFiles(copy)];
    const { [file]: flipped, ...others } = after;
    const { [file]: sound, ...otherwise } = before;
    t.deepEqual(others, otherwise, what);
    return flipped === sound ? "mended" : "unread";
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const results = new WeakMap<object, Map<string, unknown>>();

async function soundResult(folder: string, job: (folder: string) => Promise<unknown>): Promise<unknown> {
  const known = results.get(job) ?? new Map<string, unknown>();
  results.set(job, known);
  if (!known.has(folder)) known.set(folder, await job(folder));
  return known.get(folder);
}
