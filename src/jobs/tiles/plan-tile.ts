import { rowsOfShard } from "../../search/shard.js";
import type { Engine } from "../../steps/neighbours/indexes/choose-engine.js";
import type { SearchSize } from "../../steps/neighbours/indexes/search-costs.js";
import {
  bytesOfCentroids,
  bytesOfLists,
  type MemoryPlan,
  planMemory,
} from "../../steps/neighbours/memory-plan.js";
import type { SideName } from "../../types/texts.js";
import type { TileSettings } from "./tile-options.js";

type TileBudget = Pick<TileSettings, "shards" | "memory" | "k" | "threads" | "searchEffort" | "recall"> & {
  /** How many clusters were found before, if they were. */
  lists?: number;
};

/**
 * How the search of a tile keeps to its budget, where it has one.
 *
 * @param size sentences of both whole sides
 * @throws OptionError if the budget is too small; it says the least that works
 */
export function planTile(
  engine: Engine,
  size: SearchSize,
  { shards, memory, lists, ...options }: TileBudget,
): MemoryPlan | undefined {
  if (memory === undefined) return undefined;
  const rowsOf = (side: SideName) => {
    const { first, end } = rowsOfShard(side, size[side], shards[side]);
    return end - first;
  };
  const tile = { source: rowsOf("source"), target: rowsOf("target"), dimensions: size.dimensions };
  const listBytes = lists === undefined ? bytesOfLists(size) : bytesOfCentroids(lists, size.dimensions);
  return planMemory(engine, tile, { ...options, memory, sentences: size.source + size.target, listBytes });
}
