import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isCommit } from "./hub-name.js";

/** One revision of a repository of models in the cache. */
export interface CachedModel {
  /** Its name on the hub, `owner/name`. */
  repository: string;
  /** The commit that its files are of. */
  commit: string;
  /** Branches and tags that were at this commit when they were fetched. */
  revisions: string[];
  /** Where its files lie. */
  folder: string;
  /** Of all its files. */
  bytes: number;
}

const PREFIX = "models--";

/** Every revision of every model that the cache holds, by name; what is not understood is left out. */
export async function listCachedModels(cache: string): Promise<CachedModel[]> {
  const models: CachedModel[] = [];
  for (const name of (await entriesOf(cache)).map((entry) => entry.name).sort())
    if (name.startsWith(PREFIX)) models.push(...(await listRevisions(cache, name)));
  return models;
}

async function listRevisions(cache: string, name: string): Promise<CachedModel[]> {
  const folder = join(cache, name);
  const commits = await commitsOf(folder);
  const refs = await readRefs(join(folder, "refs"));
  const models: CachedModel[] = [];
  for (const commit of commits) {
    const snapshot = join(folder, "snapshots", commit);
    models.push({
      repository: name.slice(PREFIX.length).replaceAll("--", "/"),
      commit,
      revisions: refs.filter((ref) => ref.commit === commit).map((ref) => ref.revision),
      folder: snapshot,
      bytes: await bytesOf(snapshot),
    });
  }
  return models;
}

/** The commits that a repository's folder in the cache has files of, sorted. */
export async function commitsOf(folder: string): Promise<string[]> {
  const names = (await entriesOf(join(folder, "snapshots"))).map((entry) => entry.name);
  return names.filter(isCommit).sort();
}

/** The branches and tags that are in the cache, whose names may have slashes; others may remove them meanwhile. */
export async function readRefs(
  folder: string,
): Promise<{ revision: string; commit: string; path: string }[]> {
  const refs = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const commit = (await readFile(path, "utf8").catch(() => "")).trim();
    refs.push({ revision: relative(folder, path).split(sep).join("/"), commit, path });
  }
  return refs.sort((a, b) => (a.revision < b.revision ? -1 : 1));
}

/** Of the files that a folder's links lead to, those that are there. */
async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory());
}
