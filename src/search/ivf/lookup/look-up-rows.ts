import type { Codes } from "../../coding.js";
import { type Range, ranges } from "../../ranges.js";
import { Team } from "../../threads/team.js";
import type { ListCodes } from "../list-codes.js";
import type { LookupSize, Nearby, NearestLists } from "../nearest-lists.js";
import { LOOKUP, type Lookup } from "./lookup.js";

/** Rows that a thread compares with all centroids at once. */
const LOOKUP_ROWS = 8192;
const WORKER = new URL("./worker.js", import.meta.url);

/** Threads that look for lists. */
export type LookupTeam = Team<LookupSize, NearestLists, Lookup>;

export function openLookupTeam(
  setup: LookupSize,
  { threads, signal }: { threads: number; signal?: AbortSignal },
): Promise<LookupTeam> {
  return Team.open({ trade: LOOKUP, setup, threads, module: WORKER, signal });
}

/** Room for the lists of so many rows, for several threads. */
export const roomForLists = (rows: number, each: number) =>
  new Uint16Array(new SharedArrayBuffer(2 * rows * each));

/** The same with how near the nearest is. */
export const roomForNearby = (rows: number, each: number): Nearby => ({
  lists: roomForLists(rows, each),
  products: new Float32Array(new SharedArrayBuffer(4 * rows)),
});

export interface RowsToLookUp {
  rows: number;
  /** How many lists of each row. */
  each: number;
  centroids: ListCodes;
  /** Codes of either side. */
  codesOf(range: Range): Codes;
}

/** Looks for the nearest lists of all rows. */
export async function lookUpRows(
  team: LookupTeam,
  { rows, each, centroids, codesOf }: RowsToLookUp,
  found: Nearby,
): Promise<void> {
  await team.doAll(ranges(0, rows, LOOKUP_ROWS), (range): Lookup => {
    const { first, end } = range;
    const nearest = {
      lists: found.lists.subarray(first * each, end * each),
      products: found.products.subarray(first, end),
    };
    return { rows: codesOf(range), centroids, each, nearest };
  });
}
