import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Input } from "../read/input.js";
import { untilAborted } from "../read/until-aborted.js";
import type { Sentence } from "../types.js";

/** Where one side's text comes from: a path, a stream of bytes, or sentences in memory. */
export type TextSource = Input | Iterable<string | Sentence>;

/** What messages call a source. */
export function nameOf(source: TextSource, side: string, given?: string): string {
  if (given !== undefined) return given;
  if (typeof source === "string") return source;
  return Symbol.asyncIterator in source ? "standard input" : side;
}

/** A source whose content is known, so that a run can tell whether it changed. */
export interface IdentifiedSource {
  source: TextSource;
  /** SHA-256 of the content. */
  hash: string;
  /** Removes the copy of a stream. */
  discard(): Promise<void>;
}

/**
 * Hashes a source; a stream is copied to `spool` meanwhile, since it can be read only once.
 *
 * @throws InputError if a file cannot be read
 */
export async function identify(
  source: TextSource,
  spool: string,
  signal?: AbortSignal,
): Promise<IdentifiedSource> {
  if (typeof source === "string")
    return { source, hash: await hashFile(source, signal), discard: async () => {} };
  const hash = createHash("sha256");
  if (Symbol.asyncIterator in source) {
    const discard = () => rm(spool, { force: true });
    try {
      await pipeline(hashed(untilAborted(source, signal), hash), createWriteStream(spool));
    } catch (error) {
      await discard();
      throw error;
    }
    return { source: spool, hash: hash.digest("hex"), discard };
  }
  const items = [...source];
  for (const item of items) hash.update(`${JSON.stringify(item)}\n`);
  return { source: items, hash: hash.digest("hex"), discard: async () => {} };
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
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
