import { relative } from "node:path";
import type { ReadOptions } from "../../read/input.js";
import type { Shard } from "../../search/shard.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import type { Key } from "../../store/run/manifest.js";
import type { SideName } from "../../types.js";
import type { PartSizes } from "./part-folder.js";

/** The text that a side's vectors were made from. */
export interface PartText {
  /** In a part: relative to it. */
  path: string;
  /** How it was read. */
  read: ReadOptions;
}

/** What a shard's neighbours are of. Parts of one search differ in their shard and their sizes alone. */
export interface PartInfo extends PartSizes {
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
  texts: Record<SideName, PartText>;
}

type Identity = Pick<PartInfo, "keys" | "shard">;

/** Whether two parts are the same shard of the same search. */
export function isSamePart(one: Identity, other: Identity): boolean {
  const asJson = ({ keys, shard }: Identity) => JSON.stringify([keys, shard]);
  return asJson(one) === asJson(other);
}

/** Texts by their real paths as a part tells of them, so that it can be moved together with them. */
export function textsBeside(part: string, texts: Record<SideName, PartText>): PartInfo["texts"] {
  const beside = ({ path, read }: PartText) => ({ path: relative(part, path), read });
  return { source: beside(texts.source), target: beside(texts.target) };
}
