import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkShard } from "../../check-values.js";
import type { CleanOptions } from "../../clean/clean.js";
import { CLEAN_OPTIONS } from "../../clean/clean.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { type Settled, settleFind } from "../../steps/neighbours/find-options.js";
import type { IndexName, IndexOptions } from "../../steps/neighbours/indexes/index-options.js";
import {
  checkDimensions,
  checkForeign,
  FOREIGN_OPTIONS,
  type ForeignOptions,
  isVectors,
  tellForeign,
} from "../../steps/texts/foreign-options.js";
import { nameSource, type VectorsSource } from "../../steps/texts/source-kind.js";
import { refuseOtherVectors } from "../../store/arrays/other-vectors.js";
import type { Shard } from "../../types/shard.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";

/** Indexes whose neighbours do not depend on how the sides are cut. */
const TILED: readonly IndexName[] = ["auto", "exact", "ivf"];

/** Which tile is searched, and how. */
export interface SearchTileOptions
  extends CleanOptions,
    Pick<IndexOptions, "index" | "searchType" | "searchEffort" | "threads">,
    ForeignOptions,
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
  /** Subtract the mean of each whole side from its vectors before they are searched. @default as the encoder asks */
  centre?: boolean;
  /** Where the text of the source's vectors lies, if it has moved since they were made. @default where it was; it need not be there */
  sourceText?: string;
  /** Where the text of the target's vectors lies. @default where it was; it need not be there */
  targetText?: string;
}

/** The names of `SearchTileOptions`. */
export const SEARCH_TILE_OPTIONS: OptionNames<SearchTileOptions> = {
  ...CLEAN_OPTIONS,
  ...FOREIGN_OPTIONS,
  sourceShard: true,
  targetShard: true,
  k: true,
  guard: true,
  centre: true,
  sourceText: true,
  targetText: true,
  threads: true,
  index: true,
  searchType: true,
  searchEffort: true,
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
  const { sourceShard = WHOLE, targetShard = WHOLE, index = "auto" } = options;
  checkShard("sourceShard", sourceShard);
  checkShard("targetShard", targetShard);
  const settled = settleFind(options);
  if (!TILED.includes(index))
    throw new OptionError(
      say`${option("index", index)} builds a graph over a whole side, whose neighbours would depend on the tiles.`,
      { advice: "Leave it out, or mine both sides at once." },
    );
  const { sourceText, targetText } = options;
  const sources = {
    source: nameVectors(source, "source", { text: sourceText, foreign: options }),
    target: nameVectors(target, "target", { text: targetText, foreign: options }),
  };
  checkForeign([sources.source, sources.target], options);
  checkDimensions([sources.source, sources.target], options);
  tellForeign(sources, settled);
  return { ...settled, shards: { source: sourceShard, target: targetShard }, sources };
}

function nameVectors(
  path: string,
  side: SideName,
  given: { text?: string; foreign: ForeignOptions },
): VectorsSource {
  const source = isVectors(path, given.foreign, given.text !== undefined)
    ? nameSource(path, side, given)
    : undefined;
  if (source?.kind === "vectors") return source;
  refuseOtherVectors(path);
  throw new OptionError(`${path}: is not a file of vectors (.npy).`, {
    advice: "Make one with crisscross embed.",
  });
}
