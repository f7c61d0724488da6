import { readFile, rename, rm } from "node:fs/promises";
import type { Index } from "usearch";
import { IndexError } from "../errors.js";
import { pause } from "../flow/pause.js";
import { adviseAdding } from "../runtime/install-advice.js";
import { openNew } from "../store/files/part.js";
import { sha256Of } from "../store/files/sha256.js";
import { temporaryPath, writeWholeText } from "../store/files/whole-file.js";
import { type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import { option, say } from "../wording.js";
import type { GraphOptions } from "./graph.js";
import type { GraphType } from "./graph-types.js";

/** Links of each node and candidates looked at while building: Malkov & Yashunin 2018. */
const LINKS = 16;
const BUILD_EFFORT = 200;

/** Rows between two looks at the signal and the event loop. */
const STEP = 512;

export interface UsearchGraph {
  index: Index;
  /** usearch searches a graph that was built by one thread only with one thread; once it is loaded, with any number. */
  builtHere: boolean;
}

/** What an index depends on beside its vectors and their type. */
export const USEARCH_KEY = { links: LINKS, "build effort": BUILD_EFFORT } as const;

export interface UsearchSettings {
  type: GraphType;
  /** Nodes looked at for each query: more finds more of the true neighbours. */
  effort: number;
}

/**
 * Builds a graph over vectors by one thread, so that the same vectors give the same graph.
 *
 * Memory: 2 or 1 bytes a number, and about 150 a row.
 *
 * @throws IndexError if usearch is not installed
 */
export async function buildUsearch(
  { rows, dimensions, read }: VectorRows,
  settings: UsearchSettings,
  { signal, onProgress }: GraphOptions,
): Promise<UsearchGraph> {
  const index = await createIndex(dimensions, settings);
  for (let first = 0; first < rows; first += STEP) {
    await pause(signal);
    onProgress?.(first);
    const end = Math.min(first + STEP, rows);
    const keys = BigUint64Array.from({ length: end - first }, (_, i) => BigInt(first + i));
    index.add(keys, read(first, end), 1);
  }
  return { index, builtHere: true };
}

/** For each query its nearest rows; what is found does not depend on the threads. */
export async function searchUsearch(
  { index, builtHere }: UsearchGraph,
  { rows, dimensions, read }: VectorRows,
  { k, threads = 0, signal, onProgress }: GraphOptions & { k: number; threads?: number },
): Promise<Neighbours> {
  const wanted = Math.min(k, index.size());
  const indices = new Uint32Array(rows * wanted).fill(NO_NEIGHBOUR);
  const cosines = new Float32Array(rows * wanted).fill(Number.NEGATIVE_INFINITY);
  // usearch takes no k of 0: among no rows nothing is looked up.
  for (let first = 0; first < rows && wanted > 0; first += STEP) {
    await pause(signal);
    onProgress?.(first);
    const end = Math.min(first + STEP, rows);
    const block = read(first, end);
    const queries = Array.from({ length: end - first }, (_, i) =>
      block.subarray(i * dimensions, (i + 1) * dimensions),
    );
    const matches = index.search(queries, wanted, builtHere ? 1 : threads);
    for (let i = 0; i < queries.length; i++) {
      // Of a single query it gives no counts.
      const { keys, distances } = "counts" in matches ? matches.get(i) : matches;
      indices.set(Uint32Array.from(keys, Number), (first + i) * wanted);
      cosines.set(
        distances.map((distance) => 1 - distance),
        (first + i) * wanted,
      );
    }
  }
  return { rows, k: wanted, indices, cosines };
}

/** Writes an index whole under its name, and its digest beside: usearch ends the process over a damaged file. */
export async function saveUsearch({ index }: UsearchGraph, path: string): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await (await openNew(temporary)).close();
    index.save(temporary);
    const digest = await sha256Of(temporary);
    await rename(temporary, path);
    await writeWholeText(digestPath(path), `${JSON.stringify({ sha256: digest })}\n`);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new IndexError(`${path}: the index cannot be written in full; is the disk full?`, {
      advice: "Make room and run again.",
      cause,
    });
  }
}

/** @throws IndexError if the file is not the one that was written */
export async function loadUsearch(
  path: string,
  dimensions: number,
  settings: UsearchSettings,
): Promise<UsearchGraph> {
  const index = await createIndex(dimensions, settings);
  try {
    const { sha256 } = JSON.parse(await readFile(digestPath(path), "utf8"));
    if ((await sha256Of(path)) !== sha256) throw new Error("its digest is another one");
    index.load(path);
  } catch (cause) {
    throw new IndexError(`${path}: this index cannot be read.`, {
      advice: "Remove the file and run again.",
      cause,
    });
  }
  return { index, builtHere: false };
}

const digestPath = (path: string) => `${path}.json`;

async function createIndex(dimensions: number, { type, effort }: UsearchSettings): Promise<Index> {
  try {
    const { Index, MetricKind, ScalarKind } = await import("usearch");
    return new Index({
      dimensions,
      // The inner product of one-byte numbers would not be scaled back.
      metric: MetricKind.Cos,
      quantization: type === "i8" ? ScalarKind.I8 : ScalarKind.BF16,
      connectivity: LINKS,
      expansion_add: BUILD_EFFORT,
      expansion_search: effort,
      multi: false,
    });
  } catch (cause) {
    throw new IndexError(
      say`${option("index", "usearch")} needs the optional package usearch, which cannot be loaded.`,
      { advice: say`${adviseAdding("usearch")}, or pass ${option("index", "exact")}.`, cause },
    );
  }
}
