import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors.js";
import { note } from "../wording.js";
import { explainRefusal } from "./explain-refusal.js";
import { bytesLeft, fetchBlob } from "./fetch-blob.js";
import { checkFreeSpace } from "./free-space.js";
import { blobName, type HubFile, type Listing } from "./listing.js";
import { refuseOutside } from "./refuse-outside.js";
import type { Repository, RepositoryCache } from "./repository-cache.js";

/**
 * Which files of a repository are needed, as far as the files in `folder` tell; asked again once those are there.
 *
 * @param files the files to choose from
 */
export type ChooseFiles = (folder: string, files: readonly string[]) => Promise<string[]>;

/** A download that takes more than a moment is announced. */
const WORTH_TELLING = 1e6;

/** How much was fetched. */
export interface Fetched {
  files: number;
  bytes: number;
}

/** The files that are needed and not whole in the cache yet. */
export async function missingFiles(
  cache: RepositoryCache,
  { commit, files }: Listing,
  choose: ChooseFiles,
): Promise<HubFile[]> {
  const folder = cache.snapshot(commit);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const missing: HubFile[] = [];
  for (const path of await choose(folder, [...byPath.keys()])) {
    const file = byPath.get(path);
    if (!file) throw new ModelError(`${cache.repository}: needs its file ${path}, but has none.`);
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (found) await refuseOutside(cache, join(folder, path));
    if (!found?.isFile() || found.size !== file.bytes) missing.push(file);
  }
  return missing;
}

/**
 * Fetches what a snapshot lacks until nothing is missing: some files name others.
 *
 * @throws ModelError if the hub does not give a file; OutputError if there is no room for it
 */
export async function fetchSnapshot(
  repository: Repository,
  listing: Listing,
  choose: ChooseFiles,
): Promise<Fetched> {
  const { name, hub, cache } = repository;
  const fetched: Fetched = { files: 0, bytes: 0 };
  let [there, total] = [0, 0];
  for (;;) {
    const missing = await missingFiles(cache, listing, choose);
    if (missing.length === 0) return fetched;
    let bytes = 0;
    for (const file of missing) bytes += await bytesLeft(file, cache);
    await checkFreeSpace(cache.cache, bytes, name.repository);
    total += missing.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes >= WORTH_TELLING)
      hub.tell(
        note(`fetching ${name.repository} from ${hub.settings.endpoint}: ${Math.round(bytes / 1e6)} MB`),
      );
    for (const file of missing) {
      const left = await bytesLeft(file, cache);
      await fetchFile(repository, listing.commit, file, (done) =>
        hub.tell({
          kind: "progress",
          stage: `fetch ${name.repository}`,
          done: there + done,
          total,
          unit: "bytes",
          detail: file.path,
        }),
      );
      there += file.bytes;
      if (left > 0) fetched.files++;
      fetched.bytes += left;
    }
  }
}

async function fetchFile(
  { name, hub, cache }: Repository,
  commit: string,
  file: HubFile,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const blob = cache.blob(blobName(file));
  const known = await stat(blob).catch(() => undefined);
  if (known?.isFile() && known.size === file.bytes) await refuseOutside(cache, blob);
  else {
    const path = file.path.split("/").map(encodeURIComponent).join("/");
    const url = `${hub.settings.endpoint}/${name.repository}/resolve/${commit}/${path}`;
    try {
      await fetchBlob({ file, url, onBytes }, cache, hub);
    } catch (error) {
      throw explainRefusal(error, name, hub.settings, file.path);
    }
  }
  await cache.link(commit, file.path, blobName(file));
}
