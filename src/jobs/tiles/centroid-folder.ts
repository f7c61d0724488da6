import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import type { Centroids } from "../../search/ivf/centroids.js";
import { CENTROID_FILE, loadCentroids, saveCentroids } from "../../steps/neighbours/indexes/centroid-file.js";
import type { GivenCentroids } from "../../steps/neighbours/indexes/index-options.js";
import { checkFacts, readFacts, type SummedFiles, writeFacts } from "../../store/files/facts-file.js";
import { requireFolder } from "../../store/files/folder-error.js";
import { differencesBetween } from "../../store/run/key-differences.js";
import type { Key } from "../../store/run/manifest.js";
import type { Shard } from "../../types/shard.js";
import type { SideName } from "../../types/texts.js";
import { cachedLists, isOfLists } from "./list-cache.js";
import type { TileSides } from "./tile-sides.js";

/** What clusters are of. */
export interface CentroidFacts extends SummedFiles {
  /** What the vectors, their centring and the sample depend on. */
  key: Key;
  lists: number;
  dimensions: number;
  /** Rows of both sides that were clustered. */
  sample: number;
}

const OTHER = { source: "target", target: "source" } as const;

/** Raised when the files change their meaning. */
const FORMAT = 1;
const ADVICE = "Make them again with crisscross centroids.";
const FACTS = "centroids.json";
const factsPath = (folder: string) => join(folder, FACTS);

/** Whether an entry of a folder of centroids is theirs. */
export const isCentroidFile = (name: string): boolean =>
  name === FACTS || name === CENTROID_FILE || isOfLists(name);

export async function writeCentroids(
  folder: string,
  centroids: Centroids,
  facts: CentroidFacts,
): Promise<void> {
  await saveCentroids(centroids, folder);
  await writeFacts(factsPath(folder), { format: FORMAT, ...facts }, { beside: [CENTROID_FILE], indent: 2 });
}

/** @throws InputError if a folder holds no centroids that this version reads */
export async function readCentroidFacts(folder: string): Promise<CentroidFacts> {
  await requireFolder(folder);
  if (!existsSync(factsPath(folder)))
    throw new InputError({ path: folder }, "holds no centroids.", { advice: ADVICE });
  const facts = await readFacts<CentroidFacts & { format: number }>(factsPath(folder), ADVICE);
  if (facts.format === FORMAT) return facts;
  throw new InputError(
    { path: folder },
    `holds centroids of format ${facts.format}; this version reads ${FORMAT}.`,
    { advice: ADVICE },
  );
}

/** @throws InputError if a file of theirs is not as it was written */
export async function checkCentroids(folder: string, facts: CentroidFacts): Promise<void> {
  await checkFacts(factsPath(folder), facts, ADVICE);
}

/**
 * Clusters for a search of the vectors that they were made of.
 *
 * @throws InputError if they are of others, and when they are loaded if they are damaged
 */
export async function openCentroids(
  folder: string,
  { vectorsKey }: TileSides,
  shards: Record<SideName, Shard>,
): Promise<GivenCentroids> {
  const facts = await readCentroidFacts(folder);
  const { sample: _, ...key } = facts.key;
  const different = differencesBetween(key, vectorsKey);
  if (different.length > 0)
    throw new InputError(
      { path: folder },
      `holds centroids of other vectors: ${different.map(({ name, before, after }) => `${name} is ${after}, there ${before}`).join("; ")}.`,
      { advice: "Make some of these with crisscross centroids, with the same options." },
    );
  return {
    sum: facts.files?.[CENTROID_FILE]?.xxh64 ?? "",
    lists: facts.lists,
    load: async () => {
      await checkCentroids(folder, facts);
      return loadCentroids(folder, facts.dimensions);
    },
    // A shard that is searched against a whole side is searched once.
    keepLists: (side, wanted, find) =>
      shards[OTHER[side]].of === 1
        ? find()
        : cachedLists(folder, { side, shard: shards[side] }, wanted, find),
  };
}
