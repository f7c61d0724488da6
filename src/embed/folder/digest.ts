import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { explainModelFile } from "../../store/files/unreadable.js";

const CHUNK_BYTES = 2 ** 20;

/**
 * SHA-256 of files and of how they are used.
 *
 * @throws ModelError if one of them cannot be read
 */
export async function digestOf(files: readonly string[], settings: unknown): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const file of files) {
    try {
      for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) hash.update(chunk);
    } catch (error) {
      throw explainModelFile(file, error);
    }
  }
  return hash.digest("hex");
}
