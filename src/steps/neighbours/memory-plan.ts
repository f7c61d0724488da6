import { OptionError } from "../../errors.js";
import { CODINGS } from "../../search/coding.js";
import { option, say } from "../../wording.js";
import { formatBytes } from "./disk-use.js";
import type { Engine, SearchSize } from "./indexes/choose-engine.js";
import { countLists, DEFAULT_PROBES } from "./indexes/ivf-index.js";

/** How a search keeps to a budget. What it finds does not depend on it. */
export interface MemoryPlan {
  /** Whether both sides' vectors are held; else they are read from their files, a block at a time. */
  held: boolean;
  /** Rows of a side whose codes are held while it is searched; fewer need more passes. */
  heldRows: number;
  /** Rows of a side that are held while what was found is scored exactly. */
  rescoredRows: number;
  /** The most that it takes, in bytes, beside what the runtimes need for themselves. */
  bytes: number;
}

/** Neighbours that are searched beyond those that are wanted. */
const MOST_EXTRA = 8;

/** Lines and offsets of a sentence; of a row its neighbours, first as found, then as scored and joined. */
const SENTENCE_BYTES = 48;
const foundBytes = (k: number) => 12 * (k + MOST_EXTRA) + 8 * k;
const joinedBytes = (k: number) => 40 * k;

/** Products of a block with their maxima, and blocks of vectors while they are read. */
const BLOCK_BYTES = 24 * 2 ** 20;
const BLOCK_ROWS = 4096;
const BLOCKS_READ = 3;
/** What one pass held may still be in memory while the next is read, until the garbage collector comes. */
const PASSES_HELD = 2;
/** hnswlib's node beside its vector. */
const NODE_BYTES = 160;

/** @throws OptionError if the budget is too small; it says the least that works */
export function planMemory(
  { index, type }: Engine,
  { source, target, dimensions }: SearchSize,
  { memory, k, searchEffort }: { memory: number; k: number; searchEffort?: number },
): MemoryPlan {
  const rows = source + target;
  const larger = Math.max(source, target);
  const vectorBytes = 4 * dimensions;
  const codeBytes = PASSES_HELD * CODINGS[type].bytes * dimensions;
  const rescoredBytes = PASSES_HELD * vectorBytes;
  const fixed =
    rows * (SENTENCE_BYTES + Math.max(foundBytes(k), joinedBytes(k))) +
    BLOCK_BYTES +
    BLOCKS_READ * Math.min(BLOCK_ROWS, larger) * vectorBytes +
    (index === "hnsw" ? rows * (vectorBytes + NODE_BYTES) : 0) +
    (index === "ivf" ? listBytes({ source, target, dimensions }, searchEffort) : 0);
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
  return { held, heldRows, rescoredRows, bytes: fixed + variable };
}

/** Rows that look at lists at once, which lists, and the centroids with their sample. */
function listBytes({ source, target, dimensions }: SearchSize, probes = DEFAULT_PROBES): number {
  const lists = countLists(source, target);
  const asking = Math.min(131_072, Math.max(source, target));
  return asking * (dimensions + 8 * probes) + lists * (32 + 8) * dimensions + 1024 * lists * 8;
}
