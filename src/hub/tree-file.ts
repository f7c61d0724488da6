import { readFile } from "node:fs/promises";
import { checkInside, type HubFile, isHex } from "./listing.js";
import type { RepositoryCache } from "./repository-cache.js";

/** The layout of Python's huggingface_hub, version 2: a commit's list of files never changes. */
const VERSION = 1;

interface TreeEntry {
  size: number;
  blob_id: string;
  lfs_sha256?: string;
  lfs_size?: number;
  xet_hash?: string;
}

/** The list of a commit's files that the cache holds; nothing where it holds none, or one that is not understood. */
export async function readTree(cache: RepositoryCache, commit: string): Promise<HubFile[] | undefined> {
  try {
    const { format_version, files } = JSON.parse(await readFile(cache.tree(commit), "utf8"));
    if (format_version !== VERSION) return undefined;
    return Object.entries(files as Record<string, TreeEntry>).map(([path, entry]) => {
      checkInside(cache.repository, path);
      const { size, blob_id, lfs_sha256: sha256, lfs_size, xet_hash: xetHash } = entry;
      const bytes = lfs_size ?? size;
      if (!Number.isSafeInteger(bytes) || !isHex(blob_id, 40) || (sha256 && !isHex(sha256, 64)))
        throw new TypeError(`not a file: ${path}`);
      return { path, bytes, gitHash: blob_id, ...(sha256 && { sha256 }), ...(xetHash && { xetHash }) };
    });
  } catch {
    return undefined;
  }
}

export async function writeTree(
  cache: RepositoryCache,
  commit: string,
  files: readonly HubFile[],
): Promise<void> {
  const entryOf = ({ bytes, gitHash, sha256, xetHash }: HubFile): TreeEntry => ({
    size: bytes,
    blob_id: gitHash,
    ...(sha256 && { lfs_sha256: sha256, lfs_size: bytes }),
    ...(xetHash && { xet_hash: xetHash }),
  });
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const entries = Object.fromEntries(sorted.map((file) => [file.path, entryOf(file)]));
  await cache.write(
    cache.tree(commit),
    `${JSON.stringify({ format_version: VERSION, files: entries }, null, 1)}\n`,
  );
}
