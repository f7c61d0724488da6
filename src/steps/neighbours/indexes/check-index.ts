import { checkOneOf, checkWhole } from "../../../check-values.js";
import { OptionError } from "../../../errors.js";
import { SEARCH_TYPES } from "../../../search/coding.js";
import { GRAPH_TYPES } from "../../../search/graph-types.js";
import { option, say } from "../../../wording.js";
import { INDEXES, type IndexOptions } from "./index-options.js";

/** @throws OptionError if an index is asked for what it does not have */
export function checkIndexOptions({
  index = "auto",
  searchType,
  searchEffort,
  indexType,
}: IndexOptions): void {
  checkOneOf("index", index, INDEXES);
  checkWhole({ searchEffort });
  if (searchEffort !== undefined && index === "exact")
    throw new OptionError(
      say`${option("searchEffort")} is ${searchEffort}, but ${option("index", "exact")} compares every pair.`,
      { advice: "Leave it out, or choose another index." },
    );
  if (searchType !== undefined) {
    checkOneOf("searchType", searchType, SEARCH_TYPES);
    if (index !== "exact" && index !== "auto")
      throw new OptionError(
        say`${option("searchType")} is ${searchType}, but only ${option("index", "exact")} has a choice; the index is ${index}.`,
        { advice: "Leave it out." },
      );
  }
  if (indexType !== undefined) {
    checkOneOf("indexType", indexType, GRAPH_TYPES);
    if (index !== "usearch")
      throw new OptionError(
        say`${option("indexType")} goes with ${option("index", "usearch")} only; the index is ${index}.`,
        { advice: "Leave it out." },
      );
  }
}
