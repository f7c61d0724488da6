import { lstat, readdir, readlink, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ModelError } from "../errors.js";
import { explainWriteError } from "../store/files/output-error.js";
import { type CachedModel, listCachedModels, readRefs } from "./cached-models.js";
import type { HubContext } from "./hub-context.js";
import { isHex } from "./listing.js";
import { refuseOutside } from "./refuse-outside.js";
import { RepositoryCache } from "./repository-cache.js";
import { takeTurns } from "./take-turns.js";

/** What was removed. */
export interface RemovedModel {
  /** Its name on the hub, `owner/name`. */
  repository: string;
  /** The commits whose files were removed. */
  commits: string[];
  /** Bytes of disk that this freed. */
  bytes: number;
}

/**
 * Removes a repository from the cache, or one revision of it with those blobs that no other one has.
 *
 * @param revision a branch, a tag or a commit, or its beginning; all of them where it is not given
 * @throws ModelError if the cache does not have it; OutputError if it cannot be removed
 */
export async function removeModel(
  repository: string,
  revision: string | undefined,
  hub: HubContext,
): Promise<RemovedModel> {
  const cache = new RepositoryCache(hub.settings.cache, repository);
  await findChosen(cache, revision);
  await refuseOutside(cache, cache.folder);
  try {
    return await takeTurns(cache, hub, async () => {
      // Another process may have pulled in the meantime.
      const { all, chosen } = await findChosen(cache, revision);
      const before = await bytesIn(cache.blob("."));
      if (chosen.length === all.length) await rm(cache.folder, { recursive: true, force: true });
      else await removeRevisions(cache, chosen, all);
      const commits = chosen.map(({ commit }) => commit);
      return { repository, commits, bytes: before - (await bytesIn(cache.blob("."))) };
    });
  } catch (error) {
    throw explainWriteError(error, cache.folder);
  }
}

const SHORTEST_COMMIT = 7;

/** @throws ModelError if the cache does not have it */
async function findChosen({ cache, repository }: RepositoryCache, revision: string | undefined) {
  const all = (await listCachedModels(cache)).filter((model) => model.repository === repository);
  const chosen = all.filter(
    ({ commit, revisions }) =>
      revision === undefined ||
      revisions.includes(revision) ||
      (revision.length >= SHORTEST_COMMIT && isHex(revision, revision.length) && commit.startsWith(revision)),
  );
  if (chosen.length > 0) return { all, chosen };
  throw new ModelError(
    `${repository}: ${revision ? `revision ${revision}` : "it"} is not in the cache (${cache}).`,
    { advice: "See crisscross encoders list for what is." },
  );
}

/** Names are removed before what they point to, so that an interruption leaves no broken link. */
async function removeRevisions(
  cache: RepositoryCache,
  chosen: readonly CachedModel[],
  all: readonly CachedModel[],
): Promise<void> {
  const commits = new Set(chosen.map(({ commit }) => commit));
  for (const { commit, path } of await readRefs(join(cache.folder, "refs")))
    if (commits.has(commit)) await rm(path);
  const kept = new Set<string>();
  for (const { commit, folder } of all)
    if (!commits.has(commit)) for (const blob of await blobsOf(folder)) kept.add(blob);
  for (const { commit, folder } of chosen) {
    const blobs = (await blobsOf(folder)).filter((blob) => !kept.has(blob));
    await rm(folder, { recursive: true });
    await rm(cache.tree(commit), { force: true });
    for (const blob of blobs) await rm(cache.blob(blob), { force: true });
  }
}

/** The names of the blobs that a snapshot's links lead to. */
async function blobsOf(snapshot: string): Promise<string[]> {
  const blobs = resolve(snapshot, "../../blobs");
  const names: string[] = [];
  for (const name of await readdir(snapshot, { recursive: true })) {
    const path = join(snapshot, name);
    const target = await readlink(path).catch(() => undefined);
    if (target === undefined) continue;
    const blob = resolve(dirname(path), target);
    if (dirname(blob) === blobs) names.push(basename(blob));
  }
  return names;
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder).catch(() => [])) bytes += (await lstat(join(folder, name))).size;
  return bytes;
}
