import { constants, type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { ModelError } from "../errors.js";
import { writeFully } from "../store/files/whole-io.js";
import { nameOfContent } from "./blob-hash.js";
import { eitherSignal, type HubContext } from "./hub-context.js";
import { blobName, type HubFile } from "./listing.js";
import { Refused, Unavailable } from "./refused.js";
import type { RepositoryCache } from "./repository-cache.js";
import { request } from "./request.js";
import { retry } from "./retry.js";

/** Python's client lists files that end so as incomplete downloads, but never resumes its own. */
const INCOMPLETE = ".crisscross.incomplete";
const APPENDING = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;

/** A file to fetch. */
export interface Fetch {
  file: HubFile;
  /** Where the hub gives it. */
  url: string;
  /** Called with how much of it is there. */
  onBytes(bytes: number): void;
}

/** The bytes of a file that are still to be fetched: fewer than its size where the cache has some of it, or all. */
export async function bytesLeft(file: HubFile, cache: RepositoryCache): Promise<number> {
  const blob = cache.blob(blobName(file));
  const sizeOf = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0;
  const left = file.bytes - Math.max(...(await Promise.all([blob, blob + INCOMPLETE].map(sizeOf))));
  return left < 0 ? file.bytes : left;
}

/**
 * Fetches a file into the cache. An interrupted download is resumed, and the blob gets its name once its hash is right.
 *
 * @throws ModelError if its hash is wrong, and then nothing of it is kept; Refused as the hub does
 */
export async function fetchBlob(
  { file, url, onBytes }: Fetch,
  cache: RepositoryCache,
  hub: HubContext,
): Promise<void> {
  const blob = cache.blob(blobName(file));
  const incomplete = await open(blob + INCOMPLETE, APPENDING, 0o666);
  try {
    let { size: reached } = await incomplete.stat();
    if (reached > file.bytes) {
      await incomplete.truncate(0);
      reached = 0;
    }
    const counted: Fetch = {
      file,
      url,
      onBytes(bytes) {
        reached = bytes;
        onBytes(bytes);
      },
    };
    counted.onBytes(reached);
    const what = `${cache.repository}, ${file.path}`;
    await retry(
      what,
      hub,
      async () => {
        if (reached < file.bytes) await append(incomplete, reached, counted, hub);
      },
      () => reached,
    );
    await checkHash(blob + INCOMPLETE, file, cache.repository);
    await incomplete.sync();
  } finally {
    await incomplete.close();
  }
  await rename(blob + INCOMPLETE, blob);
}

/** Writes what the server sends of a file from its byte `start` on. */
async function append(
  incomplete: FileHandle,
  start: number,
  { file, url, onBytes }: Fetch,
  hub: HubContext,
): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), hub.stallMs);
  const signal = eitherSignal(stall.signal, hub.signal);
  try {
    const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
    const response = await request(url, { settings: hub.settings, signal }, headers);
    let at = firstByte(response, start);
    // A server without ranges starts again from the beginning.
    if (at === 0) await incomplete.truncate(0);
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      if (at + chunk.length > file.bytes) throw new Unavailable(`sends more of ${file.path} than it lists`);
      await writeFully(incomplete, chunk, at);
      at += chunk.length;
      onBytes(at);
    }
    if (at < file.bytes) throw new Unavailable(`sent ${file.path} only up to byte ${at} of ${file.bytes}`);
  } catch (error) {
    hub.signal?.throwIfAborted();
    if (stall.signal.aborted) throw new Unavailable(`sends nothing more of ${file.path}`, { cause: error });
    // The server has no such range, so what is here is not the beginning of its file.
    if (error instanceof Refused && error.status === 416) {
      await incomplete.truncate(0);
      onBytes(0);
      throw new Unavailable(`has no byte ${start} of ${file.path}`, { cause: error });
    }
    // undici's error for a cut connection has neither a code nor a system call.
    if (error instanceof TypeError) throw new Unavailable(`broke off ${file.path}`, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Where an answer begins in its file. */
function firstByte({ status, headers }: Response, asked: number): number {
  if (status !== 206) return 0;
  const [, first] = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "") ?? [];
  if (Number(first) === asked) return asked;
  throw new Unavailable(`gave bytes from ${first ?? "?"} where those from ${asked} were asked for`);
}

/** @throws ModelError if a file is not what the hub lists, and then it is removed */
async function checkHash(path: string, file: HubFile, repository: string): Promise<void> {
  if ((await nameOfContent(path, blobName(file), file.bytes)) === blobName(file)) return;
  await rm(path, { force: true });
  throw new ModelError(
    `${repository}: the file that came as ${file.path} is not the one that the hub lists: its hash is wrong. It was removed.`,
    { advice: "Try again. If it happens again, something between here and the hub changes files." },
  );
}
