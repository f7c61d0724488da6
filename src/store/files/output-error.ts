import { CrisscrossError, OutputError } from "../../errors.js";

const NOTHING_LEFT = "No half-written file was left under a final name.";

const CAUSES: Record<string, string> = {
  ENOSPC: `the disk is full. ${NOTHING_LEFT}`,
  EDQUOT: `the quota is used up. ${NOTHING_LEFT}`,
  EFBIG: `files may not become that large here. ${NOTHING_LEFT}`,
  ENOENT: "its folder does not exist.",
  EACCES: "no permission to write there.",
  EPERM: "no permission to write there.",
  EROFS: "the disk is read-only.",
  EEXIST: "is a file; expected a folder, or a name that is not taken.",
  ENAMETOOLONG: "a name that long cannot be written here.",
  ENOTDIR: "the path leads through a file; expected folders.",
};

const ADVICE: Record<string, string> = {
  ENOSPC: "Make room and run again.",
  EDQUOT: "Make room and run again.",
  ENOENT: "Make it first.",
  ENAMETOOLONG: "Choose a shorter one.",
};

/** What the system said of a failed write, as one sentence; any other error as it is. */
export function explainWriteError(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof CrisscrossError || !code || !syscall) return error;
  const problem = `${path}: ${CAUSES[code] ?? `cannot be written: ${code}.`}`;
  return new OutputError(problem, { advice: ADVICE[code], cause: error });
}
