import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { isHex } from "./listing.js";

/** Whether a name is one that the cache gives a blob. */
export function isBlobName(name: string): boolean {
  return isHex(name, 64) || isHex(name, 40);
}

/**
 * The name that a blob must have by its content: SHA-256 of a large file, Git's SHA-1 of any other.
 *
 * @param name what it is called, which tells which of the two
 */
export async function nameOfContent(path: string, name: string, bytes: number): Promise<string> {
  // Git hashes a blob with its length before it.
  const hash = isHex(name, 64) ? createHash("sha256") : createHash("sha1").update(`blob ${bytes}\0`);
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
