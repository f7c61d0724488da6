import { rename, rm } from "node:fs/promises";
import type { HierarchicalNSW } from "hnswlib-node";
import { IndexError } from "../errors.js";
import { pause } from "../flow/pause.js";
import { adviseCompiling } from "../runtime/install-advice.js";
import { openNew } from "../store/files/part.js";
import { temporaryPath } from "../store/files/whole-file.js";
import { type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import { option, say } from "../wording.js";
import type { GraphOptions } from "./graph.js";

/** Links of each node and candidates looked at while building: Malkov & Yashunin 2018. */
const LINKS = 16;
const BUILD_EFFORT = 200;

/** Points between two looks at the clock, the signal and the event loop. */
const STEP = 500;

export type HnswIndex = HierarchicalNSW;

/** What an index depends on beside its vectors. */
export const HNSW_KEY = { links: LINKS, "build effort": BUILD_EFFORT } as const;

/**
 * Builds a graph over vectors, by one thread and from a fixed seed, so that the same vectors give the same graph.
 *
 * Memory: the vectors once more, and about 150 bytes a row.
 *
 * @throws IndexError if hnswlib-node is not installed
 */
export async function buildHnsw(
  { rows, dimensions, read }: VectorRows,
  seed: number,
  { signal, onProgress }: GraphOptions,
): Promise<HnswIndex> {
  const index = await createIndex(dimensions);
  index.initIndex({ maxElements: rows, m: LINKS, efConstruction: BUILD_EFFORT, randomSeed: seed });
  for (let row = 0; row < rows; row++) {
    if (row % STEP === 0) {
      await pause(signal);
      onProgress?.(row);
    }
    index.addPoint(Array.from(read(row, row + 1)), row);
  }
  return index;
}

/** For each query its nearest rows; more effort finds more of the true ones. */
export async function searchHnsw(
  index: HnswIndex,
  queries: VectorRows,
  { k, effort, signal, onProgress }: GraphOptions & { k: number; effort: number },
): Promise<Neighbours> {
  const { rows, read } = queries;
  const wanted = Math.min(k, index.getCurrentCount());
  const indices = new Uint32Array(rows * wanted).fill(NO_NEIGHBOUR);
  const cosines = new Float32Array(rows * wanted);
  index.setEf(Math.max(effort, wanted));
  for (let row = 0; row < rows; row++) {
    if (row % STEP === 0) {
      await pause(signal);
      onProgress?.(row);
    }
    const { neighbors, distances } = index.searchKnn(Array.from(read(row, row + 1)), wanted);
    indices.set(neighbors, row * wanted);
    cosines.set(
      distances.map((distance) => 1 - distance),
      row * wanted,
    );
  }
  return { rows, k: wanted, indices, cosines };
}

/**
 * Writes an index whole under its name.
 *
 * @throws IndexError if it does not arrive on the disk, which hnswlib itself does not notice
 */
export async function saveHnsw(index: HnswIndex, path: string): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await (await openNew(temporary)).close();
    await index.writeIndex(temporary);
    await loadHnsw(temporary, index.getNumDimensions());
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new IndexError(`${path}: the index cannot be written in full; is the disk full?`, {
      advice: "Make room and run again.",
      cause,
    });
  }
  await rename(temporary, path);
}

/** @throws IndexError if the file is not an index that this version reads */
export async function loadHnsw(path: string, dimensions: number): Promise<HnswIndex> {
  const index = await createIndex(dimensions);
  try {
    await index.readIndex(path);
  } catch (cause) {
    throw new IndexError(`${path}: hnswlib cannot read this index.`, {
      advice: "Remove the file and run again.",
      cause,
    });
  }
  return index;
}

async function createIndex(dimensions: number): Promise<HnswIndex> {
  try {
    const { default: hnswlib } = await import("hnswlib-node");
    return new hnswlib.HierarchicalNSW("ip", dimensions);
  } catch (cause) {
    throw new IndexError(
      say`${option("index", "hnsw")} needs the optional package hnswlib-node, which cannot be loaded.`,
      {
        advice: say`${adviseCompiling("hnswlib-node")}, with a C++ compiler at hand, or pass ${option("index", "exact")}.`,
        cause,
      },
    );
  }
}
