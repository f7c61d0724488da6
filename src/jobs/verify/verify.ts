import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import { blobOf } from "../../hub/blob-of.js";
import { filesUnder } from "../../store/files/file-sums.js";
import { isInside } from "../../store/files/is-inside.js";
import { SUMS_LIST } from "../../store/files/sums-list.js";
import { MANIFEST } from "../../store/run/manifest.js";
import type { CheckedFile } from "./checked-file.js";
import { blobFolders, verifyBlob, verifyBlobs } from "./verify-blobs.js";
import { verifyFacts } from "./verify-facts.js";
import { verifyListed } from "./verify-listed.js";
import { hasRows, verifyRows } from "./verify-rows.js";
import { restOf, verifyRun } from "./verify-run.js";
import { verifyVectors } from "./verify-vectors.js";

/** How files are verified. */
export interface VerifyOptions {
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `VerifyOptions`. */
export const VERIFY_OPTIONS: OptionNames<VerifyOptions> = { signal: true };

/**
 * Checks whether files are still as they were written, a file at a time: those of a run folder, of a tile of a search, of the clusters of one, of vectors that `embedFile` wrote,
 * of a folder that `cache` remembers vectors in, of one with `SHA256SUMS`, and of the hub's cache; also of a folder, or a single file, in one of
 * them. Nothing is changed, and the run's lock is not asked for: what another process writes meanwhile may seem damaged.
 *
 * @throws InputError if a path is not there
 */
export async function* verify(
  paths: readonly string[],
  options: VerifyOptions = {},
): AsyncGenerator<CheckedFile, void, undefined> {
  refuseUnknown("verify", options, VERIFY_OPTIONS);
  const { signal } = options;
  if (paths.length === 0) throw new OptionError("There is nothing to verify; expected folders.");
  for (const path of paths) if (!existsSync(path)) throw new InputError({ path }, "no such file or folder.");
  for (const path of paths) {
    const checked = new Set<string>();
    for await (const file of verifyPath(path)) {
      signal?.throwIfAborted();
      // A file of two stages, or a vector cache's, is told once.
      if (checked.has(file.path)) continue;
      checked.add(file.path);
      yield file;
    }
  }
}

async function* verifyPath(path: string): AsyncGenerator<CheckedFile> {
  if (!(await stat(path)).isDirectory()) return yield* verifyInside(path);
  if (existsSync(join(path, MANIFEST))) return yield* withRest(path, verifyRun(path));
  const part = join(path, "part.json");
  if (existsSync(part)) return yield* withRest(path, verifyFacts(part, "Search this tile again."));
  const centroids = join(path, "centroids.json");
  if (existsSync(centroids))
    return yield* withRest(path, verifyFacts(centroids, "Make them again with crisscross centroids."));
  if (existsSync(join(path, SUMS_LIST))) return yield* withRest(path, verifyListed(path));
  if (hasRows(path)) return yield await verifyRows(path);
  const spaces = (await readdir(path)).map((name) => join(path, name)).filter(hasRows);
  for (const space of spaces) yield await verifyRows(space);
  const blobs = await blobFolders(path);
  for (const folder of blobs) yield* verifyBlobs(folder);
  if (spaces.length + blobs.length === 0) yield* verifyInside(path);
}

async function* withRest(folder: string, files: AsyncIterable<CheckedFile>): AsyncGenerator<CheckedFile> {
  const checked = new Set<string>();
  for await (const file of files) {
    checked.add(file.path);
    yield file;
  }
  yield* restOf(folder, checked);
}

/** How far above a file its run may lie: `rounds/0/encoder/1_Dense/model.safetensors`. */
const MOST_LEVELS = 6;

/** Checks a file, or all files of a folder, by what a run above it or the hub's cache knows of them. */
async function* verifyInside(path: string): AsyncGenerator<CheckedFile> {
  const run = findRunAbove(path);
  const known = new Map<string, CheckedFile>();
  if (run !== undefined)
    for await (const file of verifyRun(run))
      if (isInside(resolve(file.path), resolve(path))) known.set(resolve(file.path), file);
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder ? (await filesUnder(path, ".")).map((name) => join(path, name)) : [path];
  for (const file of files) {
    const found = known.get(resolve(file));
    known.delete(resolve(file));
    const vectors = found ? undefined : await verifyVectors(file);
    const blob = (found ?? vectors) ? undefined : await blobOf(file);
    if (vectors) yield vectors;
    else if (found) yield { ...found, path: file };
    else yield blob === undefined ? { path: file, state: "unverified" } : await verifyBlob(blob, file);
  }
  // Those that are missing.
  yield* known.values();
}

function findRunAbove(path: string): string | undefined {
  let folder = dirname(resolve(path));
  for (let level = 0; level < MOST_LEVELS; level++) {
    if (existsSync(join(folder, MANIFEST))) return relative("", folder).split(sep).join("/") || ".";
    folder = dirname(folder);
  }
  return undefined;
}
