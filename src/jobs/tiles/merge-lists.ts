import { join } from "node:path";
import { exactList } from "../../search/found-lists.js";
import { ranges } from "../../search/ranges.js";
import { BOUNDED_K } from "../../steps/neighbours/candidates-stage.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import { CandidateWriter } from "../../store/corpus/candidate-files.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { SideName } from "../../types/texts.js";
import { Buckets } from "./buckets.js";
import { type Chunk, joinChunk, WIDTH } from "./join-chunk.js";
import { mergedBlocks, rowsOf, type Stripe, stripesOf } from "./stripes.js";
import type { TileFolder } from "./tile-files.js";

/** Rows whose lists are merged at once; and sources, or the targets that name them, that are joined at once. */
export const MERGED_ROWS = 65_536;
const SOURCE_BLOCK = 32_768;

/** Backward neighbours of all tiles together, put in order by the source that they name. */
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
 * Merges what the tiles found for each target. A tile knows of each target only its nearest among the tile's sources.
 * The nearest of all are the nearest of these lists together.
 */
export async function mergeBackward(
  tiles: readonly TileFolder[],
  folder: string,
  { signal, onProgress }: MergeListeners,
): Promise<MergedBackward> {
  const size = sourcesAtOnce(tiles[0].info.searched);
  const chunks = stripesOf(tiles, "forward").flatMap((stripe) => chunksOf(stripe, size));
  const paths = chunks.map((_, i) => temporaryPath(join(folder, `merge-${i}`)));
  const buckets = await Buckets.create(paths, WIDTH);
  try {
    await fill({ chunks, buckets }, tiles, { signal, onProgress });
    return { chunks, buckets };
  } catch (error) {
    await buckets[Symbol.asyncDispose]();
    throw error;
  }
}

async function fill(
  { chunks, buckets }: MergedBackward,
  tiles: readonly TileFolder[],
  { signal, onProgress }: MergeListeners,
): Promise<void> {
  const { k, wanted, searched } = tiles[0].info;
  const slots = Math.min(wanted, searched.source);
  const bits = new Uint32Array(1);
  const cosine = new Float32Array(bits.buffer);
  let done = 0;
  for (const stripe of stripesOf(tiles, "backward"))
    for (const { rows, lists } of mergedBlocks(stripe, MERGED_ROWS, slots)) {
      signal?.throwIfAborted();
      onProgress?.(done, searched.source + searched.target);
      done += rows.length;
      for (const [row, y] of rows.entries()) {
        const { nearest, excluded } = exactList(lists, row, k);
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
export async function joinTiles(
  [{ info }]: readonly TileFolder[],
  merged: MergedBackward,
  folder: string,
  { signal, onProgress }: MergeListeners,
): Promise<void> {
  const { k, keys, searched, sentences, facts } = info;
  await using buckets = merged.buckets;
  await using writer = await CandidateWriter.open(folder);
  let [copies, done] = [0, searched.target];
  for (const [i, chunk] of merged.chunks.entries()) {
    signal?.throwIfAborted();
    onProgress?.(done, searched.source + searched.target);
    const joined = joinChunk(chunk, await buckets.read(i), info);
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

function chunksOf(stripe: Stripe, size: number): Chunk[] {
  return [...ranges(stripe.first, stripe.end, size)].map(({ first, end }) => {
    const [start] = rowsOf(stripe, { first, end: first + 1 });
    return { stripe, first, end, start };
  });
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
