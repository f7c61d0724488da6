import type { SideName } from "../types/texts.js";
import type { VectorRows, Vectors } from "../types/vectors.js";
import { centredRows } from "./centred-rows.js";
import { CODINGS, type Codes, IVF_TYPE } from "./coding.js";
import { encodeRows } from "./encode-rows.js";
import { inMemory } from "./in-memory.js";
import { NearestCentroids } from "./nearest-centroids.js";
import { ranges } from "./ranges.js";
import { reorder } from "./reorder.js";

/** Vectors in the sample for each centroid, of both sides together; more do not improve them. */
const SAMPLE = 32;
const ROUNDS = 6;
/** Rows that are read at once. */
const READ_ROWS = 4096;

/** What rows are put into lists by. */
export interface Centroids {
  /** A row for each list. */
  vectors: Vectors;
  /**
   * What is subtracted from each side's rows before they look for their lists. Many encoders' vectors carry their
   * language: without this a list would hold sentences of one side, and no translations.
   */
  means: Record<SideName, number[]>;
}

export interface CentroidOptions {
  /** How many; no more than there are rows. */
  lists: number;
  threads?: number;
  signal?: AbortSignal;
  /** Called with the number of rounds done, of `total`. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Clusters a sample of both sides by cosine, each side's mean subtracted (k-means on the sphere: Dhillon & Modha 2001).
 *
 * The sample and the first centroids are rows at even distances, so nothing is random. A centroid that has lost all its
 * rows takes the row farthest from its own. Memory: 32 · lists rows of codes.
 */
export async function trainCentroids(
  source: VectorRows,
  target: VectorRows,
  { lists, threads, signal, onProgress }: CentroidOptions,
): Promise<Centroids> {
  const { dimensions } = source;
  const share = Math.min(1, (lists * SAMPLE) / (source.rows + target.rows));
  const [sources, targets] = [source, target].map((side) => sampleRows(side, share));
  const means = { source: meanOf(sources), target: meanOf(targets) };
  const sample = concatenateRows(centredRows(sources, means.source), centredRows(targets, means.target));
  const codes = encodeRows(sample, { first: 0, end: sample.rows }, IVF_TYPE, "left");
  const { zero } = CODINGS[IVF_TYPE].left;
  const centroids = new Float32Array(lists * dimensions);
  const addTo = (list: number, row: number) => {
    const [to, from] = [list * dimensions, row * dimensions];
    for (let i = 0; i < dimensions; i++) centroids[to + i] += codes[from + i] - zero;
  };
  for (let list = 0; list < lists; list++) addTo(list, Math.floor((list * sample.rows) / lists));
  normalise(centroids, dimensions);
  await using nearest = await NearestCentroids.open(IVF_TYPE, dimensions, threads);
  for (let round = 0; round < ROUNDS; round++) {
    signal?.throwIfAborted();
    onProgress?.(round, ROUNDS);
    const right = encodeCentroids({ rows: lists, dimensions, data: centroids });
    const found = await nearest.find(codes, right, 1);
    centroids.fill(0);
    const sizes = new Uint32Array(lists);
    for (let row = 0; row < sample.rows; row++) {
      sizes[found.lists[row]]++;
      addTo(found.lists[row], row);
    }
    const empty = [...sizes.keys()].filter((list) => sizes[list] === 0);
    if (empty.length > 0) {
      const farthest = Uint32Array.from({ length: sample.rows }, (_, row) => row);
      farthest.sort((a, b) => found.cosines[a] - found.cosines[b] || a - b);
      for (const [i, list] of empty.entries()) addTo(list, farthest[i]);
    }
    normalise(centroids, dimensions);
  }
  return { vectors: { rows: lists, dimensions, data: centroids }, means };
}

/** Centroids as they are compared with rows. */
export function encodeCentroids(centroids: Vectors): Codes {
  return encodeRows(inMemory(centroids), { first: 0, end: centroids.rows }, IVF_TYPE, "right");
}

/** A share of rows, spread evenly. */
function sampleRows(side: VectorRows, share: number): VectorRows {
  const rows = Math.ceil(side.rows * share);
  return reorder(
    side,
    Uint32Array.from({ length: rows }, (_, i) => Math.floor((i * side.rows) / rows)),
  );
}

function meanOf({ rows, dimensions, read }: VectorRows): number[] {
  const mean = new Float64Array(dimensions);
  for (const { first, end } of ranges(0, rows, READ_ROWS)) {
    const block = read(first, end);
    for (let start = 0; start < block.length; start += dimensions)
      for (let i = 0; i < dimensions; i++) mean[i] += block[start + i];
  }
  return Array.from(mean, (sum) => Math.fround(sum / Math.max(1, rows)));
}

function concatenateRows(first: VectorRows, second: VectorRows): VectorRows {
  const { rows: before, dimensions } = first;
  const read = (start: number, end: number) => {
    const block = new Float32Array((end - start) * dimensions);
    const cut = Math.min(Math.max(start, before), end);
    if (start < cut) block.set(first.read(start, cut));
    if (cut < end) block.set(second.read(cut - before, end - before), (cut - start) * dimensions);
    return block;
  };
  return { rows: before + second.rows, dimensions, read };
}

function normalise(rows: Float32Array, dimensions: number): void {
  for (let start = 0; start < rows.length; start += dimensions) {
    let squares = 0;
    for (let i = start; i < start + dimensions; i++) squares += rows[i] ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = start; i < start + dimensions; i++) rows[i] *= scale;
  }
}
