import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors.js";
import { explainWriteError } from "../store/files/output-error.js";
import { warning } from "../wording.js";
import { listFiles, resolveRevision } from "./ask-hub.js";
import { type ChooseFiles, type Fetched, fetchSnapshot, missingFiles } from "./fetch-snapshot.js";
import type { HubContext } from "./hub-context.js";
import type { HubName } from "./hub-name.js";
import type { HubFile } from "./listing.js";
import { refuseOutside } from "./refuse-outside.js";
import { Unavailable } from "./refused.js";
import { type Repository, RepositoryCache } from "./repository-cache.js";
import { resolveKept } from "./resolve-kept.js";
import { takeTurns } from "./take-turns.js";
import { readTree, writeTree } from "./tree-file.js";

/** A repository at one commit, in the cache. */
export interface Snapshot {
  folder: string;
  commit: string;
  /** All that the repository has, here or not; absent where that is not known. */
  files?: readonly HubFile[];
}

/** Neither the cache nor the hub gave anything of that name. */
export class UnknownNameError extends ModelError {}

/**
 * Finds a repository's snapshot in the cache, complete as far as `choose` asks, or fetches it. A complete one is used
 * without asking the hub; a revision stays at the commit that was fetched until it is pulled.
 *
 * @throws UnknownNameError if neither cache nor hub has it; ModelError if it cannot be fetched or used; OutputError if
 * the cache cannot take it
 */
export async function findSnapshot(name: HubName, choose: ChooseFiles, hub: HubContext): Promise<Snapshot> {
  const { cache: path, offline } = hub.settings;
  const cache = new RepositoryCache(path, name.repository);
  const repository = { name, hub, cache };
  let commit = await cache.commitOf(name);
  if (commit === undefined && offline) {
    commit = await resolveKept(name, cache, hub, "is not asked, since HF_HUB_OFFLINE is set");
    if (commit === undefined) throw new UnknownNameError(...notCached(name, `not in the cache (${path})`));
  } else if (commit === undefined) {
    try {
      return (await fetchAt(repository, await resolveKnown(name, hub), choose)).snapshot;
    } catch (error) {
      const reason =
        error instanceof UnknownNameError && error.cause instanceof ModelError && error.cause.cause;
      if (!(reason instanceof Unavailable)) throw error;
      commit = await resolveKept(name, cache, hub, reason.message);
      if (commit === undefined) throw error;
    }
  }
  const files = await readTree(cache, commit);
  if (!files) return await findUnlisted(repository, commit, choose);
  const missing = await missingFiles(cache, { commit, files }, choose);
  if (missing.length === 0) return { folder: cache.snapshot(commit), commit, files };
  const paths = missing.map((file) => file.path).join(", ");
  if (offline) throw new ModelError(...notCached(name, `in the cache without ${paths}`));
  return (await fetchAt(repository, commit, choose)).snapshot;
}

/**
 * Fetches a repository at the commit that its revision is at by now.
 *
 * @throws ModelError if it cannot be fetched; OutputError if the cache cannot take it
 */
export async function pullSnapshot(
  name: HubName,
  choose: ChooseFiles,
  hub: HubContext,
): Promise<{ snapshot: Snapshot; fetched: Fetched }> {
  if (hub.settings.offline)
    throw new ModelError(`${name.repository}: cannot be fetched, since HF_HUB_OFFLINE is set.`, {
      advice: "Unset it, or use what is in the cache.",
    });
  const cache = new RepositoryCache(hub.settings.cache, name.repository);
  return await fetchAt({ name, hub, cache }, await resolveKnown(name, hub), choose);
}

async function resolveKnown(name: HubName, hub: HubContext): Promise<string> {
  try {
    return await resolveRevision(name, hub);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new UnknownNameError(error.wording.problem, { advice: error.wording.advice, cause: error });
  }
}

async function fetchAt(
  repository: Repository,
  commit: string,
  choose: ChooseFiles,
  known?: readonly HubFile[],
): Promise<{ snapshot: Snapshot; fetched: Fetched }> {
  const { name, hub, cache } = repository;
  const files = known ?? (await readTree(cache, commit)) ?? (await listFiles(name, commit, hub));
  const snapshot = { folder: cache.snapshot(commit), commit, files };
  try {
    await cache.prepare(commit);
    return await takeTurns(cache, hub, async () => {
      await writeTree(cache, commit, files);
      const fetched = await fetchSnapshot(repository, { commit, files }, choose);
      await cache.setCommit(name, commit);
      return { snapshot, fetched };
    });
  } catch (error) {
    throw explainWriteError(error, cache.folder);
  }
}

/**
 * Completes a snapshot of a client that left no list of the repository's files: a configuration that is missing may not
 * exist at all, so the hub is asked.
 */
async function findUnlisted(repository: Repository, commit: string, choose: ChooseFiles): Promise<Snapshot> {
  const { name, hub, cache } = repository;
  const folder = cache.snapshot(commit);
  try {
    if (hub.settings.offline) throw new Unavailable("is not asked, since HF_HUB_OFFLINE is set");
    const files = await listFiles(name, commit, hub);
    const missing = await missingFiles(cache, { commit, files }, choose);
    if (missing.length > 0) return (await fetchAt(repository, commit, choose, files)).snapshot;
    // A shared cache may be read-only.
    await writeTree(cache, commit, files).catch(() => {});
    return { folder, commit, files };
  } catch (error) {
    const reason = error instanceof ModelError ? error.cause : error;
    if (!(reason instanceof Unavailable)) throw error;
    const listed = (await readdir(folder, { recursive: true })).map((path) => path.replaceAll("\\", "/"));
    // A link may be broken.
    const present = new Set(listed.filter((path) => existsSync(join(folder, path))));
    const needed = await choose(folder, listed);
    const missing = needed.filter((path) => !present.has(path));
    for (const path of needed) if (present.has(path)) await refuseOutside(cache, join(folder, path));
    if (missing.length > 0)
      throw new ModelError(...notCached(name, `in the cache without ${missing.join(", ")}`));
    hub.tell(
      warning(
        `${name.repository}: is used as it is in the cache. The list of its files is not known (the hub ${reason.message}), so a prompt or a layer may be missing.`,
      ),
    );
    return { folder, commit };
  }
}

function notCached({ repository, revision }: HubName, what: string): [string, { advice: string }] {
  const at = revision === "main" ? "" : `@${revision}`;
  return [
    `${repository}: is ${what}, and the hub is not asked, since HF_HUB_OFFLINE is set.`,
    {
      advice: `Unset it and run crisscross encoders pull ${repository}${at}, or name another encoder.`,
    },
  ];
}
