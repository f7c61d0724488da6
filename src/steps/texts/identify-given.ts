import { createHash } from "node:crypto";
import { InputError } from "../../errors.js";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
import { adviseAgain, readVectorsInfo } from "../../store/arrays/vectors-file.js";
import { type FileState, noteState } from "../../store/files/file-state.js";
import { describedFiles } from "./described-parts.js";
import { identifyFile } from "./identify.js";

/** Vectors whose content is known. */
export interface IdentifiedVectors {
  hash: string;
  /** What each file was when it was hashed. */
  states: readonly (FileState | undefined)[];
}

/**
 * The hash of vectors that were given, of all parts together; and what to compare each file with once it has been read.
 * Those whose description has checksums of their blocks are checked where they are read, and not read for this.
 */
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
    files.push(await identifyPart(part, foreign));
  }
  const states = files.map(({ state }) => state);
  if (files.length === 1) return { hash: files[0].hash, states };
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.hash}\n`);
  return { hash: hash.digest("hex"), states };
}

async function identifyPart(path: string, foreign?: ForeignLayout) {
  if (foreign) return identifyFile(path);
  const { hash, sums } = readVectorsInfo(path);
  return hash !== undefined && sums ? { hash, state: await noteState(path) } : checkHash(path);
}

/**
 * Reads a file through.
 *
 * @throws InputError if it is not what its description was written beside
 */
export async function checkHash(path: string): Promise<Awaited<ReturnType<typeof identifyFile>>> {
  const file = await identifyFile(path);
  const info = readVectorsInfo(path);
  const { hash: found } = file;
  if (info.hash === undefined || info.hash === found) return file;
  throw new InputError(
    { path },
    `is damaged: its SHA-256 is ${found.slice(0, 8)}…, but was ${info.hash.slice(0, 8)}… when it was embedded.`,
    { advice: adviseAgain(info) },
  );
}
