import type { IndexOptions } from "./index-options.js";

/** Finds 0.99 of the neighbours. */
const DEFAULT_PROBES = 50;
const MOST_LISTS = 65_535;
/** The share of neighbours that rows miss, times the lists that they look at. */
const MISSED_BY_ONE = 0.65;

/**
 * How many lists suit so many rows on a side: many small lists find more of the true neighbours with the same number of
 * comparisons, until finding the nearest lists costs as much as it saves.
 */
export function countLists(sourceRows: number, targetRows: number): number {
  return Math.min(
    MOST_LISTS,
    Math.ceil(4 * Math.sqrt(Math.max(sourceRows, targetRows))),
    sourceRows + targetRows,
  );
}

/**
 * How many lists each row looks at.
 *
 * Of the built-in encoder's vectors of real text, 10,000 to 200,000 a side, at most as large a share of the neighbours as one list
 * in so many would be is missed, by the rule of `countLists`: 0.045 by 13, 0.020 by 30, 0.010 by 50.
 */
export function probesOf({ searchEffort, recall }: Pick<IndexOptions, "searchEffort" | "recall">): number {
  if (searchEffort !== undefined || recall === undefined) return searchEffort ?? DEFAULT_PROBES;
  return Math.min(MOST_LISTS, Math.ceil(MISSED_BY_ONE / (1 - recall)));
}
