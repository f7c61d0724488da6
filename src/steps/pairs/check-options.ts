import { checkOneOf, checkWhole } from "../../check-values.js";
import { NGRAM } from "../../embed/ngram/ngram.js";
import { OptionError } from "../../errors.js";
import { SEARCH_TYPES } from "../../search/coding.js";
import { GRAPH_TYPES } from "../../search/usearch.js";
import { checkSelection } from "../../select/select.js";
import { MARGINS } from "../../types.js";
import type { FindOptions } from "../neighbours/find.js";
import { INDEXES, type IndexOptions } from "../neighbours/indexes/index-options.js";
import type { ChooseOptions } from "./choose.js";

/** Ranks are kept in 16 bits. */
const LARGEST_K = 65_535;

/**
 * Checks everything that can be told before the first line is read.
 *
 * @throws OptionError that names the option, what it may be and what it is
 */
export function checkMineOptions(
  options: FindOptions & ChooseOptions & { run?: string; clean?: boolean },
): void {
  const { k = 4, margin = "ratio", guard, threads = 1, run, clean } = options;
  checkWhole("k", k, LARGEST_K);
  checkWhole("threads", threads);
  checkOneOf("margin", margin, MARGINS);
  checkIndexOptions(options);
  checkSeed(options);
  checkCosine(options);
  checkMemory(options);
  if (guard !== undefined) checkOneOf("guard", guard, ["copies"]);
  if (run === "") throw new OptionError("The run folder has no name.");
  if (clean && run === undefined)
    throw new OptionError(
      "clean drops what a run folder keeps, and there is none. Give run, or leave it out.",
    );
  checkSelection(options);
}

/** A number that nothing is drawn by would seem to matter. */
function checkSeed({ seed, index, encoder, blend }: FindOptions): void {
  if (seed === undefined || index === "hnsw" || encoder === NGRAM || blend?.encoder === NGRAM) return;
  throw new OptionError(
    `seed is ${seed}, but it goes with the encoder ngram and the index hnsw alone. Leave it out.`,
  );
}

function checkCosine({ collapseNearDuplicates: cosine }: FindOptions): void {
  if (cosine === undefined || (cosine > 0 && cosine <= 1)) return;
  throw new OptionError(
    `collapseNearDuplicates is ${cosine}; expected a cosine above 0 and up to 1, such as 0.98.`,
  );
}

/** A budget is refused where it could not be kept. */
function checkMemory({ memory, index, collapseNearDuplicates }: FindOptions): void {
  if (memory === undefined) return;
  checkWhole("memory", memory);
  if (index === "usearch")
    throw new OptionError(
      "memory is given, but how much usearch takes cannot be told beforehand. Leave memory out, or choose another index.",
    );
  if (collapseNearDuplicates !== undefined)
    throw new OptionError(
      "memory is given, but collapsing near-duplicates holds all vectors of a side. Leave one of the two out.",
    );
}

/** @throws OptionError if an index is asked for what it does not have */
export function checkIndexOptions({
  index = "auto",
  searchType,
  searchEffort,
  indexType,
}: IndexOptions): void {
  checkOneOf("index", index, INDEXES);
  if (searchEffort !== undefined) {
    checkWhole("searchEffort", searchEffort);
    if (index === "exact")
      throw new OptionError(
        `searchEffort is ${searchEffort}, but exact compares every pair; leave it out, or choose another index.`,
      );
  }
  if (searchType !== undefined) {
    checkOneOf("searchType", searchType, SEARCH_TYPES);
    if (index !== "exact" && index !== "auto")
      throw new OptionError(
        `searchType is ${searchType}, but only exact has a choice; ${index} has its own.`,
      );
  }
  if (indexType !== undefined) {
    checkOneOf("indexType", indexType, GRAPH_TYPES);
    if (index !== "usearch")
      throw new OptionError(
        `indexType says how the graph of usearch holds its vectors; index is "${index}".`,
      );
  }
}
