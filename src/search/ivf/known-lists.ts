import { availableParallelism } from "node:os";
import type { SideName } from "../../types/texts.js";
import type { VectorRows } from "../../types/vectors.js";
import { IVF_TYPE } from "../coding.js";
import { encodeRows } from "../encode-rows.js";
import type { Range } from "../ranges.js";
import { threadsWorth } from "../threads/team.js";
import type { Centroids } from "./centroids.js";
import { encodeCentroids } from "./list-codes.js";
import { lookUpRows, openLookupTeam, roomForNearby } from "./lookup/look-up-rows.js";

/** Which factor of every product a side is. */
export const FACTOR = { source: "left", target: "right" } as const;

/** The nearest lists of each row of a side, the nearest first, the others in no order. */
export interface KnownLists {
  /** How many of each row. */
  each: number;
  /** rows × each, for several threads */
  lists: Uint16Array;
}

export interface FindListsOptions {
  centroids: Centroids;
  /** Lists that each row looks at. */
  probes: number;
  threads?: number;
  signal?: AbortSignal;
}

/** Looks for the lists that each row of a side looks at in a join. Memory: 2 bytes for each list of a row. */
export async function findLists(
  name: SideName,
  rows: VectorRows,
  { centroids: { vectors, means }, probes, threads = availableParallelism(), signal }: FindListsOptions,
): Promise<KnownLists> {
  const { rows: count, dimensions } = vectors;
  const each = Math.min(probes, count);
  const centroids = encodeCentroids(vectors, means[name]);
  const worth = threadsWorth(rows.rows * count * dimensions, threads);
  const setup = { dimensions, lists: count, most: each };
  await using team = await openLookupTeam(setup, { threads: worth, signal });
  const found = roomForNearby(rows.rows, each);
  const codesOf = (range: Range) => encodeRows(rows, range, { type: IVF_TYPE, side: FACTOR[name] });
  await lookUpRows(team, { rows: rows.rows, each, centroids, codesOf }, found);
  return { each, lists: found.lists };
}
