import { relative } from "node:path";
import type { ReadOptions } from "../../read/input.js";
import type { Shard } from "../../search/shard.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import type { Key } from "../../store/run/manifest.js";
import type { SideName } from "../../types/texts.js";
import type { ShardSizes } from "./shard-files.js";

/** The text that a side's vectors were made from. */
export interface ShardText {
  /** As a shard tells of it: relative to the shard's folder. */
  path: string;
  /** How it was read. */
  read: ReadOptions;
}

/** What a shard's neighbours are of. Shards of one search differ in their shard and their sizes alone. */
export interface ShardInfo extends ShardSizes {
  shard: Shard;
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
  texts: Record<SideName, ShardText>;
}

type Identity = Pick<ShardInfo, "keys" | "shard">;

/** Whether two are the same shard of the same search. */
export function isSameShard(one: Identity, other: Identity): boolean {
  const asJson = ({ keys, shard }: Identity) => JSON.stringify([keys, shard]);
  return asJson(one) === asJson(other);
}

/** Texts by their real paths as a shard in `folder` tells of them, so that it can be moved together with them. */
export function textsBeside(folder: string, texts: Record<SideName, ShardText>): ShardInfo["texts"] {
  const beside = ({ path, read }: ShardText) => ({ path: relative(folder, path), read });
  return { source: beside(texts.source), target: beside(texts.target) };
}
