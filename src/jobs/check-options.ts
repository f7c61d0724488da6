import { OptionError } from "../errors.js";
import { GRAPH_TYPES } from "../search/usearch.js";
import { checkSelection } from "../select/select.js";
import { MARGINS } from "../types.js";
import type { ChooseOptions } from "./choose.js";
import type { FindOptions } from "./find.js";
import { INDEXES, type IndexOptions } from "./indexes.js";

/** Ranks are kept in 16 bits. */
const LARGEST_K = 65_535;

/**
 * Checks everything that can be told before the first line is read.
 *
 * @throws OptionError that names the option, what it may be and what it is
 */
export function checkMineOptions(options: FindOptions & ChooseOptions & { run?: string }): void {
  const { k = 4, margin = "ratio", index = "exact", guard, threads = 1, searchEffort = 1, run } = options;
  checkWhole("k", k, LARGEST_K);
  checkWhole("threads", threads);
  checkWhole("searchEffort", searchEffort);
  checkOneOf("margin", margin, MARGINS);
  checkOneOf("index", index, INDEXES);
  checkIndexType(options);
  checkCosine(options);
  if (guard !== undefined) checkOneOf("guard", guard, ["copies"]);
  if (run === "") throw new OptionError("The run folder has no name.");
  checkSelection(options);
}

function checkCosine({ collapseNearDuplicates: cosine }: FindOptions): void {
  if (cosine === undefined || (cosine > 0 && cosine <= 1)) return;
  throw new OptionError(
    `collapseNearDuplicates is ${cosine}; expected a cosine above 0 and up to 1, such as 0.98.`,
  );
}

function checkIndexType({ index = "exact", indexType }: IndexOptions): void {
  if (indexType === undefined) return;
  checkOneOf("indexType", indexType, GRAPH_TYPES);
  if (index !== "usearch")
    throw new OptionError(`indexType says how the graph of usearch holds its vectors; index is "${index}".`);
}

function checkWhole(name: string, value: number, largest = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= 1 && value <= largest) return;
  const range = largest === Number.MAX_SAFE_INTEGER ? "from 1" : `from 1 to ${largest}`;
  throw new OptionError(`${name} is ${value}; expected a whole number ${range}.`);
}

function checkOneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new OptionError(`${name} is "${value}"; expected one of ${choices.join(", ")}.`);
}
