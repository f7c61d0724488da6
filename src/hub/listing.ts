import { ModelError } from "../errors.js";
import { CHECK_ENDPOINT } from "./settings.js";

/** A file of a repository at one commit. */
export interface HubFile {
  path: string;
  bytes: number;
  /** Git's SHA-1 of a blob, of what Git itself holds. */
  gitHash: string;
  /** Of large files, which Git only points to. */
  sha256?: string;
  xetHash?: string;
}

/** A commit of a repository, and all the files that it has there. */
export interface Listing {
  commit: string;
  files: readonly HubFile[];
}

/** The name of a file in the cache: what the hub gives as its ETag. */
export const blobName = ({ gitHash, sha256 }: HubFile) => sha256 ?? gitHash;

/**
 * Reads one page of the hub's listing of files.
 *
 * @throws ModelError if it is not understood, or a file would lie outside of the repository's folder
 */
export function parseListing(repository: string, entries: unknown): HubFile[] {
  if (!Array.isArray(entries)) throw notUnderstood(repository, entries);
  return entries.filter((entry) => entry?.type !== "directory").map((entry) => parseFile(repository, entry));
}

function parseFile(repository: string, entry: Record<string, unknown> | null): HubFile {
  const { path, size, oid, lfs, xetHash } = entry ?? {};
  const { oid: sha256, size: large } = (lfs ?? {}) as { oid?: unknown; size?: unknown };
  const bytes = large ?? size;
  const isFile =
    typeof path === "string" &&
    Number.isSafeInteger(bytes) &&
    isHex(oid, 40) &&
    (sha256 === undefined || isHex(sha256, 64));
  if (!isFile) throw notUnderstood(repository, entry);
  checkInside(repository, path);
  return {
    path,
    bytes: bytes as number,
    gitHash: oid,
    ...(sha256 !== undefined && { sha256 }),
    ...(isHex(xetHash, 64) && { xetHash }),
  };
}

/** @throws ModelError if a file's path leads out of its repository */
export function checkInside(repository: string, path: string): void {
  const isInside = path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  // On Windows, a backslash is a slash, and a letter with a colon a disk.
  if (isInside && !/[\\\0]|^[a-z]:/i.test(path)) return;
  throw new ModelError(`${repository}: lists a file outside of its folder, ${JSON.stringify(path)}.`, {
    advice: "Do not use it.",
  });
}

export function isHex(value: unknown, length: number): value is string {
  return typeof value === "string" && value.length === length && /^[0-9a-f]*$/.test(value);
}

function notUnderstood(repository: string, entry: unknown): ModelError {
  return new ModelError(
    `${repository}: the hub's list of its files cannot be read: it has ${JSON.stringify(entry)?.slice(0, 200)}.`,
    { advice: CHECK_ENDPOINT },
  );
}
