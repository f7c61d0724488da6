import type { Codes } from "../../coding.js";
import type { Trade } from "../../threads/team.js";
import { type ListCodes, type LookupSize, NearestLists } from "../nearest-lists.js";

/** Rows that look for their nearest list. */
export interface Lookup {
  /** Codes of the left side. */
  rows: Codes;
  centroids: ListCodes;
  /** Shared by all threads: for each row its nearest list, and how near it is. */
  nearest: { lists: Uint16Array; products: Float32Array };
}

export const LOOKUP: Trade<LookupSize, NearestLists, Lookup> = {
  open: NearestLists.open,
  async work({ rows, centroids, nearest }, lists) {
    lists.load(centroids);
    const found = await lists.find(rows, 1);
    nearest.lists.set(found.lists);
    nearest.products.set(found.products);
  },
};
