import { relative } from "node:path";
import type { ReadOptions } from "../../read/input.js";
import type { Range } from "../../search/ranges.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import type { SummedFiles } from "../../store/files/facts-file.js";
import type { Key } from "../../store/run/manifest.js";
import type { SideName } from "../../types/texts.js";
import type { Direction } from "./tile-columns.js";

/** The text that a side's vectors were made from. */
export interface TileText {
  /** As a tile tells of it: relative to the tile's folder. */
  path: string;
  /** How it was read. */
  read: ReadOptions;
}

/** Shards of a side, from `first` to `last`, of so many: one, unless tiles were merged. */
export interface ShardSpan {
  /** Number of the first, from 1. */
  first: number;
  /** Number of the last. */
  last: number;
  /** How many shards the side has. */
  of: number;
}

/** Some shards of each side, which were searched against each other. */
export type Tile = Record<SideName, ShardSpan>;

/** What a tile's neighbours are of. Tiles of one search differ in their shards and their sizes alone. */
export interface TileInfo extends SummedFiles {
  tile: Tile;
  /** Which of a side's searched rows they are. */
  ranges: Record<SideName, Range>;
  /** Slots of each list of neighbours. */
  slots: Record<Direction, number>;
  /** What both sides' sentences and their neighbours depend on: the keys that a run's manifest has of its stages. */
  keys: Record<SideName | "candidates", Key>;
  /** Neighbours that make a neighbourhood. */
  k: number;
  /** Neighbours that the index was asked for. */
  wanted: number;
  facts: Pick<SearchFacts, "space" | "centre"> & { dimensions: number };
  /** Distinct sentences of each side, and how many of them have a vector that can be searched. */
  sentences: Record<SideName, number>;
  searched: Record<SideName, number>;
  texts: Record<SideName, TileText>;
}

/** A tile by its shards of source and target: "3/16 × 2/8", or "1-4/16 × 2/8" of several. */
export const nameTile = ({ source, target }: Tile): string => `${nameSpan(source)} × ${nameSpan(target)}`;

export const nameSpan = ({ first, last, of }: ShardSpan): string =>
  `${first === last ? first : `${first}-${last}`}/${of}`;

/** Texts by their real paths as a tile in `folder` tells of them, so that it can be moved together with them. */
export function textsBeside(folder: string, texts: Record<SideName, TileText>): TileInfo["texts"] {
  const beside = ({ path, read }: TileText) => ({ path: relative(folder, path), read });
  return { source: beside(texts.source), target: beside(texts.target) };
}
