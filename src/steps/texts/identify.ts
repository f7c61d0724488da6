import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { untilAborted } from "../../read/until-aborted.js";
import { explainWriteError } from "../../store/files/output-error.js";
import type { TextSource } from "./text-source.js";

/** A source whose content is known, so that a run can tell whether it changed. */
export interface IdentifiedSource {
  source: TextSource;
  /** SHA-256 of the content. */
  hash: string;
  /** Removes the copy of a stream. */
  discard(): Promise<void>;
}

/**
 * Hashes a source. A stream or a named pipe is copied to `spool` meanwhile, since it can be read only once.
 *
 * @throws OutputError if the copy cannot be written
 */
export async function identify(
  source: TextSource,
  spool: string,
  signal?: AbortSignal,
): Promise<IdentifiedSource> {
  const keep = async () => {};
  if (typeof source === "string") {
    if (await isPipe(source)) return copy(createReadStream(source), spool, signal);
    return { source, hash: await hashFile(source, signal), discard: keep };
  }
  if (Symbol.asyncIterator in source) return copy(source, spool, signal);
  const items = [...source];
  const hash = createHash("sha256");
  for (const item of items) hash.update(`${JSON.stringify(item)}\n`);
  return { source: items, hash: hash.digest("hex"), discard: keep };
}

/** The SHA-256 of a file; of nothing if it cannot be read, which its reader will tell. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk);
  } catch {
    signal?.throwIfAborted();
  }
  return hash.digest("hex");
}

async function copy(
  source: AsyncIterable<Uint8Array>,
  spool: string,
  signal?: AbortSignal,
): Promise<IdentifiedSource> {
  const hash = createHash("sha256");
  const discard = () => rm(spool, { force: true });
  try {
    await pipeline(hashed(untilAborted(source, signal), hash), createWriteStream(spool));
  } catch (error) {
    await discard();
    throw explainWriteError(error, spool);
  }
  return { source: spool, hash: hash.digest("hex"), discard };
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Whether a path names something that can be read only once, as `/dev/fd/63` does. */
export async function isPipe(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}
