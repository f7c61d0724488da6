import { createHash } from "node:crypto";
import { InputError } from "../../errors.js";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
import { adviseAgain, readVectorsInfo } from "../../store/arrays/vectors-file.js";
import type { FileState } from "../../store/files/file-state.js";
import { describedFiles } from "./described-parts.js";
import { identifyFile } from "./identify.js";

/** Vectors whose content is known. */
export interface IdentifiedVectors {
  hash: string;
  /** What each file was when it was hashed. */
  states: readonly (FileState | undefined)[];
}

/** The hash of vectors that were given, of all parts together; and what to compare each file with once it has been read. */
export async function identifyGiven({
  path,
  foreign,
}: {
  path: string;
  foreign?: ForeignLayout;
}): Promise<IdentifiedVectors> {
  const files = [];
  const paths = foreign?.parts ?? (foreign ? [path] : describedFiles(path));
  for (const part of paths) {
    const file = await identifyFile(part);
    if (!foreign) checkHash(part, file.hash);
    files.push(file);
  }
  const states = files.map(({ state }) => state);
  if (files.length === 1) return { hash: files[0].hash, states };
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.hash}\n`);
  return { hash: hash.digest("hex"), states };
}

/** @throws InputError if a file is not what its description was written beside */
function checkHash(path: string, found: string): void {
  const info = readVectorsInfo(path);
  if (info.hash === undefined || info.hash === found) return;
  throw new InputError(
    { path },
    `is damaged: its SHA-256 is ${found.slice(0, 8)}…, but was ${info.hash.slice(0, 8)}… when it was embedded.`,
    { advice: adviseAgain(info) },
  );
}
