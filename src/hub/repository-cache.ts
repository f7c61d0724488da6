import { readFile, readlink, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { makeFolder } from "../store/files/make-folder.js";
import { openNew } from "../store/files/part.js";
import { partPath } from "../store/files/part-name.js";
import type { HubContext } from "./hub-context.js";
import { type HubName, isCommit } from "./hub-name.js";
import { makeInside } from "./refuse-outside.js";

/** A repository of the hub and where its files go: whom to ask for it, and its place in the cache. */
export interface Repository {
  name: HubName;
  hub: HubContext;
  cache: RepositoryCache;
}

/** Where a repository's files lie in the hub's cache, as Python's huggingface_hub lays it out. */
export class RepositoryCache {
  readonly folder: string;
  readonly lockPath: string;

  constructor(
    readonly cache: string,
    readonly repository: string,
  ) {
    const name = `models--${repository.replace("/", "--")}`;
    this.folder = join(cache, name);
    this.lockPath = join(cache, ".locks", name, "crisscross.lock");
  }

  blob(name: string): string {
    return join(this.folder, "blobs", name);
  }

  snapshot(commit: string): string {
    return join(this.folder, "snapshots", commit);
  }

  tree(commit: string): string {
    return join(this.folder, "trees", `${commit}.json`);
  }

  /** The commit that a revision was at when it was fetched; nothing if it was not. */
  async commitOf({ revision }: Pick<HubName, "revision">): Promise<string | undefined> {
    const ref = join(this.folder, "refs", revision);
    const commit = isCommit(revision) ? revision : await readFile(ref, "utf8").catch(() => "");
    if (!isCommit(commit.trim())) return undefined;
    const found = await stat(this.snapshot(commit.trim())).catch(() => undefined);
    return found?.isDirectory() ? commit.trim() : undefined;
  }

  async setCommit({ revision }: Pick<HubName, "revision">, commit: string): Promise<void> {
    if (revision === commit || (await this.commitOf({ revision })) === commit) return;
    await this.write(join(this.folder, "refs", revision), commit);
  }

  /** Makes the folders that a fetch fills. */
  async prepare(commit: string): Promise<void> {
    await makeFolder(this.cache);
    for (const folder of [dirname(this.blob("x")), this.snapshot(commit)]) await makeInside(this, folder);
  }

  /** Puts a blob's name into a snapshot. */
  async link(commit: string, path: string, blob: string): Promise<void> {
    const pointer = join(this.snapshot(commit), path);
    const target = relative(dirname(pointer), this.blob(blob));
    await makeInside(this, dirname(pointer));
    if ((await readlink(pointer).catch(() => undefined)) === target) return;
    await rm(pointer, { force: true });
    await symlink(target, pointer);
  }

  /**
   * Writes a small file whole, since others may read it at any time. What a kill leaves behind is not the name of a
   * revision.
   */
  async write(path: string, text: string): Promise<void> {
    await makeInside(this, dirname(path));
    await makeInside(this, dirname(this.lockPath));
    const temporary = partPath(this.lockPath);
    {
      await using file = await openNew(temporary);
      await file.writeFile(text);
    }
    await rename(temporary, path);
  }
}
