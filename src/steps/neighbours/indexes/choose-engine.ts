import type { JobEvent } from "../../../events.js";
import type { SearchType } from "../../../search/coding.js";
import { note, option, say } from "../../../wording.js";
import type { IndexName, IndexOptions } from "./index-options.js";
import { probesOf } from "./ivf-effort.js";
import { exactCost, ivfCost, type SearchSize } from "./search-costs.js";

/** An index that was chosen, and what it multiplies. */
export interface Engine {
  index: Exclude<IndexName, "auto">;
  type: SearchType;
  /** Why `auto` chose it, where that is worth telling. */
  reason?: string;
}

/** What 8-bit numbers have to save for `auto` to take them, in nanoseconds. */
const WORTH_SAVING = 2e8;

/**
 * Takes the index that is asked for, or the one that costs least at the recall that is asked for: by size alone, so that
 * the same input gives the same pairs on every machine.
 */
export function chooseEngine(options: IndexOptions, size: SearchSize): Engine {
  const { index = "auto", searchType } = options;
  if (index === "ivf") return { index, type: "int8" };
  if (index === "hnsw" || index === "usearch") return { index, type: "float32" };
  if (index === "exact") return { index, type: searchType ?? "float32" };
  const saved = exactCost("float32", size) - exactCost("int8", size);
  const type = searchType ?? (saved < WORTH_SAVING ? "float32" : "int8");
  const pairs = `${size.source.toLocaleString("en")} × ${size.target.toLocaleString("en")} pairs`;
  if (ivfCost(size, probesOf(options)) < exactCost(type, size))
    return { index: "ivf", type: "int8", reason: `${pairs} are too many to compare all` };
  const reason = `${pairs} are few enough to compare all, as 8-bit numbers first`;
  return { index: "exact", type, ...(type === "int8" && { reason }) };
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
