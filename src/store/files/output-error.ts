import { CrisscrossError, OutputError } from "../../errors.js";

const CAUSES: Record<string, string> = {
  ENOSPC: "the disk is full. Nothing half-written was left under a final name; make room and run again.",
  EDQUOT: "the quota is used up. Nothing half-written was left under a final name; make room and run again.",
  EFBIG: "files may not become that large here. Nothing half-written was left under a final name.",
  ENOENT: "the folder does not exist. Make it first.",
  EACCES: "no permission to write there.",
  EPERM: "no permission to write there.",
  EROFS: "the disk is read-only.",
  EEXIST: "is a file; expected a folder, or a name that is free.",
  ENOTDIR: "a part of this path is a file; expected folders.",
};

/** What the system said of a failed write, as one sentence; any other error as it is. */
export function explainWriteError(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof CrisscrossError || !code || !syscall) return error;
  return new OutputError(`${path}: ${CAUSES[code] ?? `cannot be written: ${code}.`}`, { cause: error });
}
