import { checkOneOf, checkWhole } from "../../../check-values.js";
import { OptionError } from "../../../errors.js";
import { SEARCH_TYPES } from "../../../search/coding.js";
import { GRAPH_TYPES } from "../../../search/graph-types.js";
import { option, say } from "../../../wording.js";
import { INDEXES, type IndexName, type IndexOptions } from "./index-options.js";

/** @throws OptionError if an index is asked for what it does not have */
export function checkIndexOptions({
  index = "auto",
  searchType,
  searchEffort,
  recall,
  indexType,
}: IndexOptions): void {
  checkOneOf("index", index, INDEXES);
  checkWhole({ searchEffort });
  if (searchEffort !== undefined && index === "exact")
    throw new OptionError(
      say`${option("searchEffort")} is ${searchEffort}, but ${option("index", "exact")} compares every pair.`,
      { advice: "Leave it out, or choose another index." },
    );
  if (recall !== undefined) checkRecall(recall, index, searchEffort);
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

function checkRecall(recall: number, index: IndexName, searchEffort: number | undefined): void {
  if (!(recall > 0 && recall < 1))
    throw new OptionError(
      say`${option("recall")} is ${recall}; expected a share of the neighbours above 0 and below 1.`,
    );
  if (index !== "ivf" && index !== "auto")
    throw new OptionError(
      say`${option("recall")} is ${recall}, but only ${option("index", "ivf")} can be told how much to find; the index is ${index}.`,
      { advice: "Leave it out." },
    );
  if (searchEffort !== undefined)
    throw new OptionError(say`${option("recall")} says what ${option("searchEffort")} should reach.`, {
      advice: "Leave one of them out.",
    });
}
