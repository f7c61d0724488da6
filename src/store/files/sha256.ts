import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

const CHUNK_BYTES = 2 ** 20;

/** The SHA-256 of a file, as hexadecimal digits. Memory: 1 MiB. */
export async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  // Node's stream never closes its file if the signal was aborted before.
  signal?.throwIfAborted();
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, signal }))
    hash.update(chunk);
  return hash.digest("hex");
}
