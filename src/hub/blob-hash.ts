import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { isHex } from "./listing.js";

/** Whether a name is one that the cache gives a blob. */
export function isBlobName(name: string): boolean {
  return isHex(name, 64) || isHex(name, 40);
}

/** Hashes the content of a blob as its name was made: by SHA-256 for a large file, by Git's SHA-1 for any other. */
export class BlobHash {
  readonly #hash;

  /** @param name what it is called, which tells which of the two */
  constructor(name: string, bytes: number) {
    // Git hashes a blob with its length before it.
    this.#hash = isHex(name, 64) ? createHash("sha256") : createHash("sha1").update(`blob ${bytes}\0`);
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  /** The name that the content must have. */
  name(): string {
    return this.#hash.digest("hex");
  }
}

/** The name that a blob must have by its content. */
export async function nameOfContent(path: string, name: string, bytes: number): Promise<string> {
  const hash = new BlobHash(name, bytes);
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.name();
}
