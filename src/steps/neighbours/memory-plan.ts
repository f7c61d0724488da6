import { availableParallelism } from "node:os";
import { OptionError } from "../../errors.js";
import { CODINGS } from "../../search/coding.js";
import { SOURCE_STRIP, targetStrip } from "../../search/exact/task.js";
import { SAMPLED_ROWS } from "../../search/ivf/centroids.js";
import { ASKING_ROWS } from "../../search/ivf/sides.js";
import { option, say } from "../../wording.js";
import { formatBytes } from "./disk-use.js";
import type { Engine } from "./indexes/choose-engine.js";
import type { IndexOptions } from "./indexes/index-options.js";
import { countLists, probesOf } from "./indexes/ivf-effort.js";
import type { SearchSize } from "./indexes/search-costs.js";

/** How a search keeps to a budget. What it finds does not depend on it. */
export interface MemoryPlan {
  /** Whether both sides' vectors are held; else they are read from their files, a block at a time. */
  held: boolean;
  /** Rows of a side whose codes are held while it is searched; fewer need more passes. */
  heldRows: number;
  /** Threads that search, each of which takes memory. */
  threads: number;
  /** Rows of a side that are held while what was found is scored exactly. */
  rescoredRows: number;
  /** The most that it takes, in bytes, beside what the runtimes need for themselves. */
  bytes: number;
}

/** Neighbours that are searched beyond those that are wanted. */
const MOST_EXTRA = CODINGS.int8.extra;

/** Lines and offsets of a sentence; of a row its neighbours, first as found, then as scored and joined. */
const SENTENCE_BYTES = 48;
const foundBytes = (k: number) => 12 * (k + MOST_EXTRA) + 8 * k;
const joinedBytes = (k: number) => 40 * k;

/** Blocks of vectors while they are read. */
const BLOCK_ROWS = 4096;
const BLOCKS_READ = 3;
/** Products of a thread's block, and a JavaScript engine of its own. */
const THREAD_BYTES = 56 * 2 ** 20;
/** Threads take no more of the budget, but one there is always. */
const THREADS_SHARE = 0.25;
/** What one pass held may still be in memory while the next is read, until the garbage collector comes. */
const PASSES_HELD = 2;
/** hnswlib's node beside its vector. */
const NODE_BYTES = 160;

interface MemoryOptions extends Pick<IndexOptions, "searchEffort" | "recall" | "threads"> {
  memory: number;
  k: number;
  /** Sentences of both sides that are known, where only a part of them is searched. @default those that are searched */
  sentences?: number;
  /** Of `ivf`, the bytes of what rows are put into lists by. @default those of finding it for these sides */
  listBytes?: number;
}

/** @throws OptionError if the budget is too small; it says the least that works */
export function planMemory(engine: Engine, size: SearchSize, options: MemoryOptions): MemoryPlan {
  const { index, type } = engine;
  const { source, target, dimensions } = size;
  const { memory, k, threads: wanted = availableParallelism() } = options;
  const rows = source + target;
  const { sentences = rows, listBytes = bytesOfLists(size) } = options;
  const larger = Math.max(source, target);
  const vectorBytes = 4 * dimensions;
  const codeBytes = PASSES_HELD * CODINGS[type].bytes * dimensions;
  const rescoredBytes = PASSES_HELD * vectorBytes;
  const threadBytes = bytesOfThread(engine, size, options);
  const threads = Math.max(1, Math.min(wanted, Math.floor((THREADS_SHARE * memory) / threadBytes)));
  const fixed =
    sentences * SENTENCE_BYTES +
    rows * Math.max(foundBytes(k), joinedBytes(k)) +
    threads * threadBytes +
    BLOCKS_READ * Math.min(BLOCK_ROWS, larger) * vectorBytes +
    (index === "hnsw" ? rows * (vectorBytes + NODE_BYTES) : 0) +
    (index === "ivf" ? listBytes : 0);
  const fewest = Math.min(BLOCK_ROWS, larger) * rescoredBytes;
  if (memory < fixed + fewest)
    throw new OptionError(
      say`${option("memory")} is ${formatBytes(memory)}, too little to search ${source.toLocaleString("en")} × ${target.toLocaleString("en")} sentences by ${index}; the least that works is ${formatBytes(fixed + fewest)}.`,
    );
  const free = memory - fixed;
  const allHeld = rows * vectorBytes + (index === "hnsw" ? 0 : larger * codeBytes);
  const held = allHeld <= free;
  const heldRows = Math.min(larger, Math.floor((held ? free - rows * vectorBytes : free) / codeBytes));
  const rescoredRows = held ? larger : Math.min(larger, Math.floor(free / rescoredBytes));
  const variable = held ? allHeld : Math.max(heldRows * codeBytes, rescoredRows * rescoredBytes);
  return { held, heldRows, threads, rescoredRows, bytes: fixed + variable };
}

/** Tiles of both sides with their neighbours, and those that are handed over; of `ivf`, which lists rows look at. */
function bytesOfThread(
  { index, type }: Engine,
  { source, target, dimensions }: SearchSize,
  options: MemoryOptions,
): number {
  if (index === "hnsw" || index === "usearch") return THREAD_BYTES;
  const [lefts, rights] =
    index === "ivf" ? [ASKING_ROWS, ASKING_ROWS] : [SOURCE_STRIP, targetStrip(dimensions, type)];
  const [left, right] = [Math.min(lefts, source), Math.min(rights, target)];
  const codes = (left + right + Math.max(left, right)) * CODINGS[type].bytes * dimensions;
  const looking = index === "ivf" ? 8 * probesOf(options) * Math.max(left, right) : 0;
  return THREAD_BYTES + codes + (left + right) * foundBytes(options.k) + looking;
}

/** The centroids, and what they take while rows look for the nearest. */
const CENTROID_BYTES = 16;

/** Of centroids that were found before. */
export const bytesOfCentroids = (lists: number, dimensions: number) => lists * CENTROID_BYTES * dimensions;

/** Of centroids that are found for rows of this number, with the sample that they are found in. */
export function bytesOfLists({ source, target, dimensions }: SearchSize): number {
  const lists = countLists(source, target);
  return bytesOfCentroids(lists, dimensions) + lists * SAMPLED_ROWS * dimensions;
}
