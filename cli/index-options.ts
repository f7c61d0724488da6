import type { Command } from "commander";
import { SEARCH_TYPES } from "../src/search/coding.js";
import { GRAPH_TYPES } from "../src/search/graph-types.js";
import { INDEXES } from "../src/steps/neighbours/indexes/index-options.js";
import { choice, decimalNumber, GROUPS, positiveNumber } from "./options.js";

/** The options that say how neighbours are found. */
export function addIndexOptions(command: Command, usual: string): void {
  command
    .optionsGroup(GROUPS.search)
    .addOption(
      choice(
        "--index <name>",
        `exact compares every pair, ivf those in near clusters, hnsw and usearch walk a graph; auto takes exact or ivf by size (default: ${usual})`,
        INDEXES,
      ),
    )
    .addOption(
      choice(
        "--search-type <name>",
        "exact: compare as float32, or faster as int8; scores are exact either way (default: float32; auto: by size)",
        SEARCH_TYPES,
      ),
    )
    .option(
      "--search-effort <n>",
      "graphs: nodes visited for each sentence (default: 192); ivf: lists (default: 50)",
      positiveNumber,
    )
    .option(
      "--recall <share>",
      "ivf: share of the true neighbours to find, in place of --search-effort; auto: takes ivf once it is faster (default: 0.99)",
      decimalNumber,
    )
    .addOption(
      choice("--index-type <name>", "usearch: how the graph stores numbers (default: bf16)", GRAPH_TYPES),
    );
}
