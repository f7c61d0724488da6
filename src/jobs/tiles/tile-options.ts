import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkShard } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { type Settled, settleFind } from "../../steps/neighbours/find-options.js";
import type { IndexName, IndexOptions } from "../../steps/neighbours/indexes/index-options.js";
import { tellForeign } from "../../steps/texts/foreign-options.js";
import type { VectorsSource } from "../../steps/texts/source-kind.js";
import type { Shard } from "../../types/shard.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { nameSides, VECTOR_SIDES_OPTIONS, type VectorSidesOptions } from "./side-options.js";

/** Indexes whose neighbours do not depend on how the sides are cut. */
const TILED: readonly IndexName[] = ["auto", "exact", "ivf"];

/** Which tile is searched, and how. */
export interface SearchTileOptions
  extends VectorSidesOptions,
    Pick<IndexOptions, "index" | "searchType" | "searchEffort" | "recall" | "threads">,
    JobListeners {
  /** Which share of the source is searched. @default all of it */
  sourceShard?: Shard;
  /** Which share of the target it is searched against. @default all of it */
  targetShard?: Shard;
  /** Neighbours of each sentence that make its neighbourhood and its candidates. @default 4 */
  k?: number;
  /**
   * `copies`: a sentence and its untranslated copy are never neighbours.
   * @default none
   */
  guard?: "copies";
  /**
   * A folder of clusters that `findCentroids` made of the same vectors, for `ivf`, which is then the index.
   * @default each tile clusters both sides for itself
   */
  centroids?: string;
  /**
   * Bytes that searching may take, beside what the runtimes need: vectors of a shard that do not fit are read from their
   * files, in as many passes as it takes. The result is the same.
   * @default as much as it takes
   */
  memory?: number;
}

/** The names of `SearchTileOptions`. */
export const SEARCH_TILE_OPTIONS: OptionNames<SearchTileOptions> = {
  ...VECTOR_SIDES_OPTIONS,
  sourceShard: true,
  targetShard: true,
  k: true,
  guard: true,
  centroids: true,
  memory: true,
  threads: true,
  index: true,
  searchType: true,
  searchEffort: true,
  recall: true,
  signal: true,
  onEvent: true,
};

/** Options of which none is open any more, and what the sides are. */
export type TileSettings = Settled<SearchTileOptions> & {
  shards: Record<SideName, Shard>;
  sources: Record<SideName, VectorsSource>;
};

const WHOLE: Shard = { number: 1, of: 1 };

/** @throws OptionError that names what is wrong with them */
export function settleTile(source: string, target: string, options: SearchTileOptions): TileSettings {
  refuseUnknown("searchTile", options, SEARCH_TILE_OPTIONS);
  const { sourceShard = WHOLE, targetShard = WHOLE } = options;
  checkShard("sourceShard", sourceShard);
  checkShard("targetShard", targetShard);
  const settled = settleFind(withCentroids(options));
  const { index = "auto" } = settled;
  if (!TILED.includes(index))
    throw new OptionError(
      say`${option("index", index)} builds a graph over a whole side, whose neighbours would depend on the tiles.`,
      { advice: "Leave it out, or mine both sides at once." },
    );
  const sources = nameSides(source, target, options);
  tellForeign(sources, settled);
  return { ...settled, shards: { source: sourceShard, target: targetShard }, sources };
}

/** Clusters are of no use but to `ivf`. */
function withCentroids(options: SearchTileOptions): SearchTileOptions {
  const { centroids, index = "auto" } = options;
  if (centroids === undefined) return options;
  if (index === "auto" || index === "ivf") return { ...options, index: "ivf" };
  throw new OptionError(
    say`${option("centroids")} is given, but ${option("index", index)} has no clusters.`,
    {
      advice: say`Leave it out, or choose ${option("index", "ivf")}.`,
    },
  );
}
