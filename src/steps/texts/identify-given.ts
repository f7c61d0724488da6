import { createHash } from "node:crypto";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
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
  for (const part of foreign?.parts ?? (foreign ? [path] : describedFiles(path)))
    files.push(await identifyFile(part));
  const states = files.map(({ state }) => state);
  if (files.length === 1) return { hash: files[0].hash, states };
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.hash}\n`);
  return { hash: hash.digest("hex"), states };
}
