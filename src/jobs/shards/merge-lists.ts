import { join } from "node:path";
import { exactList, MergedLists } from "../../search/found-lists.js";
import { BOUNDED_K } from "../../steps/neighbours/candidates-stage.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import { CandidateWriter } from "../../store/corpus/candidate-files.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { SideName } from "../../types/texts.js";
import { Buckets } from "./buckets.js";
import { type Chunk, joinChunk, WIDTH } from "./join-chunk.js";
import type { ShardFolder } from "./read-shards.js";
import { readLists, readRows } from "./shard-files.js";

/** Targets whose lists are merged at once, and sources, or the targets that name them, that are joined at once. */
const TARGET_BLOCK = 65_536;
const SOURCE_BLOCK = 262_144;

/** Backward neighbours of all shards together, put in order by the source that they name. */
export interface MergedBackward {
  chunks: readonly Chunk[];
  buckets: Buckets;
}

export interface MergeListeners {
  signal?: AbortSignal;
  /** Called with the number of rows done, of both sides. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Merges what the shards found for each target. A shard has all neighbours of its sources, but for each target only
 * those among its sources. The nearest of all are the nearest of these lists together.
 */
export async function mergeBackward(
  shards: readonly ShardFolder[],
  folder: string,
  { signal, onProgress }: MergeListeners,
): Promise<MergedBackward> {
  const chunks = shards.flatMap(chunksOf);
  const paths = chunks.map((_, i) => temporaryPath(join(folder, `merge-${i}`)));
  const buckets = await Buckets.create(paths, WIDTH);
  try {
    await fill({ chunks, buckets }, shards, { signal, onProgress });
    return { chunks, buckets };
  } catch (error) {
    await buckets[Symbol.asyncDispose]();
    throw error;
  }
}

async function fill(
  { chunks, buckets }: MergedBackward,
  shards: readonly ShardFolder[],
  { signal, onProgress }: MergeListeners,
): Promise<void> {
  const { k, wanted, searched } = shards[0].info;
  const bits = new Uint32Array(1);
  const cosine = new Float32Array(bits.buffer);
  for (let first = 0; first < searched.target; first += TARGET_BLOCK) {
    signal?.throwIfAborted();
    onProgress?.(first, searched.source + searched.target);
    const end = Math.min(first + TARGET_BLOCK, searched.target);
    const merged = new MergedLists(end - first, Math.min(wanted, searched.source));
    for (const shard of shards) merged.add(readLists(shard, "backward", { first, end }));
    for (const [row, y] of readRows(shards[0], "target", { first, end }).entries()) {
      const { nearest, excluded } = exactList(merged, row, k);
      for (const [i, neighbour] of nearest.entries()) {
        cosine[0] = neighbour.cosine;
        const x = neighbour.index;
        await buckets.add(chunkOf(chunks, x), [x, y, i + 1, bits[0]]);
      }
      for (const x of excluded) await buckets.add(chunkOf(chunks, x), [x, y, 0, 0]);
    }
  }
}

/** Joins both directions, some sources at a time, into a folder's candidates. */
export async function joinShards(
  shards: readonly ShardFolder[],
  merged: MergedBackward,
  folder: string,
  { signal, onProgress }: MergeListeners,
): Promise<void> {
  const { k, keys, searched, sentences, facts } = shards[0].info;
  await using buckets = merged.buckets;
  await using writer = await CandidateWriter.open(folder);
  let [copies, done] = [0, searched.target];
  for (const [i, chunk] of merged.chunks.entries()) {
    signal?.throwIfAborted();
    onProgress?.(done, searched.source + searched.target);
    const joined = joinChunk(chunk, await buckets.read(i));
    await writer.append(joined.candidates);
    copies += joined.copies;
    done += chunk.end - chunk.first;
  }
  const most = Math.min(k, Math.max(searched.source, searched.target));
  const found: SearchFacts = {
    space: facts.space,
    centre: facts.centre,
    copies,
    zeroVectors: {
      source: sentences.source - searched.source,
      target: sentences.target - searched.target,
    },
  };
  const bounded = keys.candidates[BOUNDED_K] === true && { boundedK: true };
  const sizes = { k: most, ...bounded, sourceRows: sentences.source, targetRows: sentences.target };
  await writer.finish(sizes, found);
}

/** How many sources are joined at once: fewer where each is among the nearest of many targets. */
export function sourcesAtOnce({ source, target }: Record<SideName, number>): number {
  return Math.max(1, Math.floor(SOURCE_BLOCK * Math.min(1, source / target)));
}

function chunksOf(shard: ShardFolder): Chunk[] {
  const chunks: Chunk[] = [];
  const rows = shard.info.rows.source;
  const size = sourcesAtOnce(shard.info.searched);
  for (let first = 0; first < rows; first += size) {
    const [start] = readRows(shard, "source", { first, end: first + 1 });
    chunks.push({ shard, first, end: Math.min(first + size, rows), start });
  }
  return chunks;
}

/** The last chunk that does not start after a sentence. */
function chunkOf(chunks: readonly Chunk[], sentence: number): number {
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (chunks[middle].start <= sentence) low = middle;
    else high = middle - 1;
  }
  return low;
}
