import { holdRows, rowsOfShard } from "../../search/shard.js";
import type { Index, SearchedVectors } from "../../steps/neighbours/indexes/index-options.js";
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

/** Holds a shard of each side, and searches them against each other. */
export async function searchShards(
  opened: TileSides,
  index: Index,
  { shards, k, guard, centroids, neighbourhood, onEvent }: TileSettings & { neighbourhood: Neighbourhood },
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
  const held = {
    source: holdRows(whole.source, ranges.source),
    target: holdRows(whole.target, ranges.target),
  };
  const wanted = k + index.extra;
  // With the clusters nothing depends on whole sides any more.
  const found = await index.search(
    held,
    wanted,
    centroids === undefined ? wholeSides(whole, held) : undefined,
  );
  const lists = await listTile(found, held, sides, guard);
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

/** Both sides, of which one that is held whole is not read again. */
function wholeSides(whole: SearchedVectors, held: SearchedVectors): SearchedVectors {
  const side = (name: SideName) =>
    held[name].vectors.rows === whole[name].vectors.rows ? held[name] : whole[name];
  return { source: side("source"), target: side("target") };
}

export const countSentences = ({ sides: { source, target } }: TileSides): Record<SideName, number> => ({
  source: source.texts.length,
  target: target.texts.length,
});
