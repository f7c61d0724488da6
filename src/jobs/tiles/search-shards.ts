import { holdRows, rowsOfShard, rowsWithin } from "../../search/shard.js";
import type { Index, SearchedVectors } from "../../steps/neighbours/indexes/index-options.js";
import type { MemoryPlan } from "../../steps/neighbours/memory-plan.js";
import { prepareSides, warnOfClippedK } from "../../steps/neighbours/prepare-sides.js";
import type { Neighbourhood } from "../../steps/vectors/few-sides.js";
import type { SideName } from "../../types/texts.js";
import type { TileLists } from "./tile-columns.js";
import type { TileInfo } from "./tile-info.js";
import { listTile } from "./tile-lists.js";
import type { TileSettings } from "./tile-options.js";
import type { TileSides } from "./tile-sides.js";

/** What was found between two shards, and what is told of it. */
export type ShardsFound = Omit<TileInfo, "tile" | "keys" | "texts"> & { lists: TileLists };

/** How shards are searched. */
export type ShardsSettings = Pick<TileSettings, "shards" | "k" | "guard" | "centroids" | "onEvent"> & {
  neighbourhood: Neighbourhood;
  plan?: MemoryPlan;
};

/** Takes a shard of each side, held unless memory is too short, and searches them against each other. */
export async function searchShards(
  opened: TileSides,
  index: Index,
  { shards, k, guard, centroids, neighbourhood, plan, onEvent }: ShardsSettings,
): Promise<ShardsFound> {
  const { sides, centre, dimensions } = opened;
  await using source = await opened.open("source");
  await using target = await opened.open("target");
  const whole = prepareSides(sides, { source, target }, { centre, held: false, onEvent });
  warnOfClippedK(neighbourhood, whole, onEvent);
  const searched = { source: whole.source.vectors.rows, target: whole.target.vectors.rows };
  const ranges = {
    source: rowsOfShard("source", searched.source, shards.source),
    target: rowsOfShard("target", searched.target, shards.target),
  };
  const take = plan?.held === false ? rowsWithin : holdRows;
  const tile = {
    source: take(whole.source, ranges.source),
    target: take(whole.target, ranges.target),
  };
  const wanted = k + index.extra;
  // With the clusters nothing depends on whole sides any more.
  const found = await index.search(
    tile,
    wanted,
    centroids === undefined ? wholeSides(whole, tile) : undefined,
  );
  const lists = await listTile(found, tile, sides, { guard, heldRows: plan?.rescoredRows });
  return {
    lists,
    ranges,
    slots: { forward: lists.forward.lists.k, backward: lists.backward.lists.k },
    k,
    wanted,
    facts: { space: whole.space, dimensions, centre },
    sentences: countSentences(opened),
    searched,
  };
}

/** Both sides, of which one that the tile has whole is not read again. */
function wholeSides(whole: SearchedVectors, tile: SearchedVectors): SearchedVectors {
  const side = (name: SideName) =>
    tile[name].vectors.rows === whole[name].vectors.rows ? tile[name] : whole[name];
  return { source: side("source"), target: side("target") };
}

export const countSentences = ({ sides: { source, target } }: TileSides): Record<SideName, number> => ({
  source: source.texts.length,
  target: target.texts.length,
});
