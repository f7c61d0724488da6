import { join } from "node:path";
import { exactList } from "../../search/found-lists.js";
import { ranges } from "../../search/ranges.js";
import { BOUNDED_K } from "../../steps/neighbours/candidates-stage.js";
import type { SearchFacts } from "../../steps/neighbours/found.js";
import { GrowingArray } from "../../store/arrays/growing-array.js";
import { RecordSorter } from "../../store/arrays/record-sorter.js";
import { CandidateWriter } from "../../store/corpus/candidate-files.js";
import type { Records } from "../../store/files/record-file.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { SideName } from "../../types/texts.js";
import { joinChunk, WIDTH } from "./join-chunk.js";
import { mergedBlocks, roomsFor, rowsOf, stripesOf } from "./stripes.js";
import type { TileFolder } from "./tile-files.js";

/** Rows whose lists are merged at once; and sources, or the targets that name them, that are joined at once. */
export const MERGED_ROWS = 8192;
const SOURCE_BLOCK = 4096;

export interface MergeListeners {
  signal?: AbortSignal;
  /** Called with the number of rows done, of both sides. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Merges what the tiles found for each target, and puts it in order by the source that each names. A tile knows of each
 * target only its nearest among the tile's sources. The nearest of all are the nearest of these lists together.
 */
export function mergeBackward(
  tiles: readonly TileFolder[],
  folder: string,
  { memory, signal, onProgress }: MergeListeners & { memory: number },
): RecordSorter {
  const { k, wanted, searched } = tiles[0].info;
  const slots = Math.min(wanted, searched.source);
  const path = temporaryPath(join(folder, "merge"));
  const sorter = new RecordSorter({ path, memoryBytes: memory, width: WIDTH, keys: 2 });
  try {
    let done = 0;
    for (const stripe of stripesOf(tiles, "backward"))
      for (const { rows, lists } of mergedBlocks(stripe, MERGED_ROWS, slots)) {
        signal?.throwIfAborted();
        onProgress?.(done, searched.source + searched.target);
        done += rows.length;
        for (const [row, y] of rows.entries()) {
          const { nearest, excluded } = exactList(lists, row, k);
          for (const [i, { index, cosine }] of nearest.entries()) sorter.add([index, y, i + 1, cosine]);
          for (const x of excluded) sorter.add([x, y, 0, 0]);
        }
      }
    return sorter;
  } catch (error) {
    sorter[Symbol.dispose]();
    throw error;
  }
}

/** Joins both directions, some sources at a time, into a folder's candidates. */
export async function joinTiles(
  tiles: readonly TileFolder[],
  backward: RecordSorter,
  folder: string,
  { signal, onProgress }: MergeListeners,
): Promise<void> {
  const [{ info }] = tiles;
  const { k, keys, searched, sentences, facts } = info;
  using sorter = backward;
  await using writer = await CandidateWriter.open(folder);
  let [copies, done] = [0, searched.target];
  const take = takeInOrder(sorter.sorted());
  const size = sourcesAtOnce(searched);
  for (const stripe of stripesOf(tiles, "forward")) {
    const rooms = roomsFor(stripe, size, Math.min(info.wanted, searched.target));
    for (const range of ranges(stripe.first, stripe.end, size)) {
      signal?.throwIfAborted();
      onProgress?.(done, searched.source + searched.target);
      const sources = rowsOf(stripe, range);
      const joined = joinChunk({ stripe, range, rooms, sources }, take(sources.at(-1)!), info);
      await writer.append(joined.candidates);
      copies += joined.copies;
      done += sources.length;
    }
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

/** Gives the next of ordered records, up to those of a source. */
function takeInOrder(records: Records): (source: number) => Float64Array {
  let next = records.next();
  return (source) => {
    const taken = new GrowingArray(Float64Array);
    for (; !next.done && next.value[0] <= source; next = records.next())
      for (const value of next.value) taken.push(value);
    return taken.view();
  };
}
