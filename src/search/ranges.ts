import type { Shard } from "../types/shard.js";

/** Rows from `first` up to `end`. */
export interface Range {
  first: number;
  end: number;
}

/** Cuts what is from `first` up to `end` into ranges of `size`, the last perhaps shorter. */
export function* ranges(first: number, end: number, size: number): Generator<Range> {
  for (let start = first; start < end; start += size)
    yield { first: start, end: Math.min(start + size, end) };
}

/** The rows of a range, counted from `from`. */
export function idsOf({ first, end }: Range, from = 0): Uint32Array {
  const ids = new Uint32Array(end - first);
  for (let i = 0; i < ids.length; i++) ids[i] = first - from + i;
  return ids;
}

/** So many places of all, at even distances from the first one on. */
export function evenPlaces(count: number, all: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * all) / count));
}

/** The share of a shard, cut at a multiple of `size`. If there are more shards than these, some are empty. */
export function rangeOfShard(count: number, size: number, { number, of }: Shard): Range {
  const pieces = Math.ceil(count / size);
  const edge = (n: number) => Math.min(count, Math.floor((n * pieces) / of) * size);
  return { first: edge(number - 1), end: edge(number) };
}
