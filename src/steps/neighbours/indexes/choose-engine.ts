import type { JobEvent } from "../../../events.js";
import type { SearchType } from "../../../search/coding.js";
import { note, option, say } from "../../../wording.js";
import type { IndexName, IndexOptions } from "./index-options.js";

/** An index that was chosen, and what it multiplies. */
export interface Engine {
  index: Exclude<IndexName, "auto">;
  type: SearchType;
  /** Why `auto` chose it, where that is worth telling. */
  reason?: string;
}

/** How much there is to search. */
export interface SearchSize {
  source: number;
  target: number;
  dimensions: number;
}

/**
 * Multiplications up to which `auto` compares every pair: as float32 up to about ten seconds on two cores, as 8-bit
 * numbers up to about five minutes. By size alone, so that the same input gives the same pairs on every machine.
 */
const FLOAT_PRODUCTS = 1e12;
const INT8_PRODUCTS = 5e13;

/** Takes the index that is asked for, or the one that suits the size. */
export function chooseEngine({ index = "auto", searchType }: IndexOptions, size: SearchSize): Engine {
  if (index === "ivf") return { index, type: "int8" };
  if (index === "hnsw" || index === "usearch") return { index, type: "float32" };
  if (index === "exact") return { index, type: searchType ?? "float32" };
  const products = size.source * size.target * size.dimensions;
  const count = `${size.source.toLocaleString("en")} × ${size.target.toLocaleString("en")} pairs`;
  if (searchType === undefined && products <= FLOAT_PRODUCTS) return { index: "exact", type: "float32" };
  if (products <= INT8_PRODUCTS)
    return {
      index: "exact",
      type: searchType ?? "int8",
      reason: `${count} are few enough to compare all, as 8-bit numbers first`,
    };
  return { index: "ivf", type: "int8", reason: `${count} are too many to compare all` };
}

/** Tells what `auto` took, where that is worth telling, and which option says nothing to it. */
export function tellEngine(
  { index, reason }: Engine,
  { searchEffort }: IndexOptions,
  onEvent: (event: JobEvent) => void,
): void {
  if (reason !== undefined) onEvent(note(`index: ${index}, since ${reason}`));
  if (index === "exact" && searchEffort !== undefined)
    onEvent(note(say`index: exact, which compares every pair, so ${option("searchEffort")} has no effect`));
}
