import { availableParallelism } from "node:os";
import type { SideName } from "../../types/texts.js";
import type { VectorRows, Vectors } from "../../types/vectors.js";
import { CODINGS, IVF_TYPE } from "../coding.js";
import { encodeRows } from "../encode-rows.js";
import type { Range } from "../ranges.js";
import { threadsWorth } from "../threads/team.js";
import { centredRows } from "./centred-rows.js";
import { encodeCentroids } from "./list-codes.js";
import { lookUpRows, openLookupTeam, roomForNearby } from "./lookup/look-up-rows.js";
import { concatenateRows, meanOf, sampleRows } from "./sample.js";

/** Vectors in the sample for each centroid, of both sides together; more do not improve them. */
export const SAMPLED_ROWS = 32;
export const TRAINING_ROUNDS = 6;

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
  { lists, threads = availableParallelism(), signal, onProgress }: CentroidOptions,
): Promise<Centroids> {
  const { dimensions } = source;
  const share = Math.min(1, (lists * SAMPLED_ROWS) / (source.rows + target.rows));
  const [sources, targets] = [source, target].map((side) => sampleRows(side, share));
  const means = { source: meanOf(sources), target: meanOf(targets) };
  const sample = concatenateRows(centredRows(sources, means.source), centredRows(targets, means.target));
  const codes = encodeRows(sample, { first: 0, end: sample.rows }, { type: IVF_TYPE, side: "left" });
  const { zero } = CODINGS[IVF_TYPE].left;
  const centroids = new Float32Array(lists * dimensions);
  const addTo = (list: number, row: number) => {
    const [to, from] = [list * dimensions, row * dimensions];
    for (let i = 0; i < dimensions; i++) centroids[to + i] += codes[from + i] - zero;
  };
  for (let list = 0; list < lists; list++) addTo(list, Math.floor((list * sample.rows) / lists));
  normalise(centroids, dimensions);
  const worth = threadsWorth(TRAINING_ROUNDS * sample.rows * lists * dimensions, threads);
  await using team = await openLookupTeam({ dimensions, lists, most: 1 }, { threads: worth, signal });
  const found = roomForNearby(sample.rows, 1);
  const codesOf = ({ first, end }: Range) => codes.subarray(first * dimensions, end * dimensions);
  for (let round = 0; round < TRAINING_ROUNDS; round++) {
    signal?.throwIfAborted();
    onProgress?.(round, TRAINING_ROUNDS);
    const right = encodeCentroids({ rows: lists, dimensions, data: centroids });
    await lookUpRows(team, { rows: sample.rows, each: 1, centroids: right, codesOf }, found);
    centroids.fill(0);
    const sizes = new Uint32Array(lists);
    for (let row = 0; row < sample.rows; row++) {
      sizes[found.lists[row]]++;
      addTo(found.lists[row], row);
    }
    const empty = [...sizes.keys()].filter((list) => sizes[list] === 0);
    if (empty.length > 0) {
      const farthest = Uint32Array.from({ length: sample.rows }, (_, row) => row);
      farthest.sort((a, b) => found.products[a] - found.products[b] || a - b);
      for (const [i, list] of empty.entries()) addTo(list, farthest[i]);
    }
    normalise(centroids, dimensions);
  }
  return { vectors: { rows: lists, dimensions, data: centroids }, means };
}

function normalise(rows: Float32Array, dimensions: number): void {
  for (let start = 0; start < rows.length; start += dimensions) {
    let squares = 0;
    for (let i = start; i < start + dimensions; i++) squares += rows[i] ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = start; i < start + dimensions; i++) rows[i] *= scale;
  }
}
