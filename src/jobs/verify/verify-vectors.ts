import { existsSync } from "node:fs";
import { checkHash } from "../../steps/texts/identify-given.js";
import { checkSeal, infoPath, readVectorsInfo } from "../../store/arrays/vectors-file.js";
import { type CheckedFile, damaged } from "./checked-file.js";

const DESCRIPTION = infoPath(".npy");

/** Checks vectors that `embed` wrote, or their description; nothing of a file that is neither, or of an earlier version. */
export async function verifyVectors(path: string): Promise<CheckedFile | undefined> {
  const vectors = path.endsWith(DESCRIPTION) ? path.slice(0, -infoPath("").length) : path;
  if (!vectors.endsWith(".npy") || !existsSync(vectors) || !existsSync(infoPath(vectors))) return undefined;
  try {
    if (readVectorsInfo(vectors).hash === undefined) return undefined;
    await (path === vectors ? checkHash(path) : checkSeal(vectors));
    return { path, state: "sound" };
  } catch (error) {
    return damaged(path, error);
  }
}
