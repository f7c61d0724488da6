import { CrisscrossError } from "../../errors.js";
import type { FileSum } from "../../store/files/checksum.js";
import { type Comparison, compareFile } from "../../store/files/file-sums.js";

/** What can be said of a file: `unverified` where nothing tells what it was. */
export type FileState = "sound" | "damaged" | "missing" | "unverified";

/** A file that was checked. */
export interface CheckedFile {
  /** Where it is. */
  path: string;
  /** What was found. */
  state: FileState;
  /** What is wrong with it, and what to do, in sentences. */
  problem?: string;
}

/** Compares a file with what is known of it. */
export async function checkSum(path: string, expected: FileSum, advice: string): Promise<CheckedFile> {
  return checked(path, await compareFile(path, expected, advice));
}

export function checked(path: string, found: Comparison): CheckedFile {
  return found.state === "damaged" ? damaged(path, found.error) : { path, state: found.state };
}

export function damaged(path: string, error: unknown): CheckedFile {
  if (!(error instanceof CrisscrossError)) throw error;
  return { path, state: "damaged", problem: [error.problem, error.advice].filter(Boolean).join(" ") };
}
