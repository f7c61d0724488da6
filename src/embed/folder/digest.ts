import { createHash } from "node:crypto";
import { type KnownHashes, readThrough } from "./known-hashes.js";

/**
 * SHA-256 of files and of how they are used.
 *
 * @param known compared with the files while they are read
 * @throws InputError if one of them is damaged; ModelError if one cannot be read
 */
export async function digestOf(
  files: readonly string[],
  settings: unknown,
  known: KnownHashes,
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const file of files) await readThrough(file, known, (chunk) => hash.update(chunk));
  return hash.digest("hex");
}
