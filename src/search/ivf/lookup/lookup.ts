import type { Codes } from "../../coding.js";
import type { Trade } from "../../threads/team.js";
import type { ListCodes } from "../list-codes.js";
import { type LookupSize, type Nearby, NearestLists } from "../nearest-lists.js";

/** Rows that look for their nearest lists. */
export interface Lookup {
  /** Codes of either side. */
  rows: Codes;
  centroids: ListCodes;
  /** How many lists of each row. */
  each: number;
  /** Shared by all threads: for each row its nearest lists, the nearest first, and how near that is. */
  nearest: Nearby;
}

export const LOOKUP: Trade<LookupSize, NearestLists, Lookup> = {
  open: NearestLists.open,
  async work({ rows, centroids, each, nearest }, lists) {
    lists.load(centroids);
    const found = await lists.find(rows, each);
    nearest.lists.set(found.lists);
    nearest.products.set(found.products);
  },
};
