import { accessSync, constants, lstatSync, statSync } from "node:fs";
import { type ErrorWording, ModelError } from "../../errors.js";
import { say } from "../../wording.js";

const PROBLEMS = new Map([
  ["ENOENT", "no such file."],
  ["ENOTDIR", "no such file."],
  ["EISDIR", "is a folder; expected a file."],
  ["EACCES", "permission denied."],
  ["EPERM", "permission denied."],
  ["ELOOP", "is a link that leads to itself; expected a file."],
]);

const MAKE_READABLE = "Make it readable for this user.";
const ADVICE = new Map([
  ["EISDIR", "Name a file in it."],
  ["EACCES", MAKE_READABLE],
  ["EPERM", MAKE_READABLE],
]);

/** Why the system does not read a file, and what to do about it; undefined for what is no error of the system. */
export function explainUnreadable(path: string, error: unknown): ErrorWording | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  // An abort and a bug of ours stay what they are.
  if (!(error instanceof Error) || error.name === "AbortError" || typeof code !== "string") return undefined;
  if (code === "ENOENT" && isThere(path)) return { problem: "is a link to a file that is not there." };
  return { problem: PROBLEMS.get(code) ?? `cannot be read (${message}).`, advice: ADVICE.get(code) };
}

/** A file of an encoder that the system does not read, as an error that names it; any other error as it is. */
export function explainModelFile(path: string, error: unknown): unknown {
  if (error instanceof ModelError || error instanceof RangeError) return error;
  const wording = explainUnreadable(path, error);
  if (!wording) return error;
  const advice = wording.advice === MAKE_READABLE ? MAKE_READABLE : "Fetch or export the encoder again.";
  return new ModelError(say`${path}: ${wording.problem}`, { advice, cause: error });
}

/** @throws ModelError unless a file of an encoder, which others than us will read, can be read */
export function checkModelFile(path: string): void {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory())
      throw Object.assign(new Error("EISDIR: is a folder"), { code: "EISDIR" });
  } catch (error) {
    throw explainModelFile(path, error);
  }
}

/** Whether there is something of that name, be it a link that leads nowhere: what is there is meant to be read. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
