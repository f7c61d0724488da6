import { availableParallelism } from "node:os";
import type { VectorRows } from "../types/vectors.js";
import type { BothWays, SearchBothWays, SearchOptions } from "./both-ways.js";
import { encodeRows, roomForCodes } from "./encode-rows.js";
import { BLOCK, EXACT, type ExactTask, SOURCE_STRIP, targetStrip } from "./exact/task.js";
import { idsOf, type Range, ranges } from "./ranges.js";
import { emptyLists } from "./threads/empty-lists.js";
import type { StripSizes } from "./threads/strip-pair.js";
import { Team, threadsWorth } from "./threads/team.js";
import { freeParts } from "./threads/turns.js";

/** Float32 sources that are held, at most: threads share no vectors, so they are a copy. */
const COPIED_ROWS = 16_384;
const WORKER = new URL("./exact/worker.js", import.meta.url);

/**
 * Compares every source with every target, once: each block of products serves both directions.
 *
 * Each thread keeps some targets and goes over the sources. No two are at the same source at a time, so they share the
 * lists of neighbours, and which of them comes first makes no difference to what is kept.
 *
 * Memory beside the vectors: the numbers of the held sources, 8 · k bytes a row, and for each thread the numbers of
 * 1,024 sources, twice those of 4,096 targets or 8 MiB of them, and 1 MiB.
 */
export const searchExact: SearchBothWays = async (source, target, options): Promise<BothWays> => {
  const { k, type = "float32", forwardOnly = false, signal, onProgress } = options;
  const forward = emptyLists(source.rows, Math.min(k, target.rows));
  const backward = emptyLists(target.rows, forwardOnly ? 0 : Math.min(k, source.rows));
  const threads = countThreads(source, target, options.threads);
  const targets = cutTargets(target.rows, Math.max(1, threads), targetStrip(target.dimensions, type));
  const setup: StripSizes = {
    type,
    dimensions: source.dimensions,
    block: BLOCK,
    left: { rows: Math.min(SOURCE_STRIP, source.rows), k: forward.k },
    right: { rows: Math.max(0, ...targets.map(({ first, end }) => end - first)), k: backward.k },
  };
  await using team = await Team.open({ trade: EXACT, setup, threads, module: WORKER, signal });
  const rooms = Array.from({ length: team.lanes }, () =>
    roomForCodes(setup.right.rows, source.dimensions, type),
  );
  let compared = 0;
  for (const held of heldSources(source.rows, options)) {
    const codes = encodeRows(source, held, { type, side: "left" });
    const sources = { ...held, codes, lists: forward };
    const marks = freeParts(Math.ceil((held.end - held.first) / SOURCE_STRIP));
    const assign = (t: Range, lane: number): ExactTask => {
      const codes = encodeRows(target, t, { type, side: "right" }, rooms[lane]);
      return { targets: { codes, ids: idsOf(t), lists: backward }, sources, marks, start: lane / team.lanes };
    };
    await team.doAll(targets, assign, (pairs) => {
      compared += pairs;
      onProgress?.(compared);
    });
  }
  return { forward, backward };
};

/** No more than can each have sources and targets of their own. */
function countThreads(source: VectorRows, target: VectorRows, threads = availableParallelism()): number {
  const parts = Math.floor(Math.min(source.rows / SOURCE_STRIP, target.rows / BLOCK.columns));
  return threadsWorth(source.rows * target.rows * source.dimensions, Math.min(threads, parts));
}

/** Ranges of targets that begin where a block does: the same number for each thread. */
function cutTargets(rows: number, threads: number, strip: number): Range[] {
  const blocks = Math.ceil(rows / BLOCK.columns);
  const count = Math.min(blocks, threads * Math.ceil(rows / (threads * strip)));
  const edge = (i: number) => Math.min(rows, Math.floor((i * blocks) / count) * BLOCK.columns);
  return Array.from({ length: count }, (_, i) => ({ first: edge(i), end: edge(i + 1) }));
}

/** Ranges of whole strips. */
function heldSources(rows: number, { type, heldRows = rows }: SearchOptions): Iterable<Range> {
  const held = Math.min(heldRows, type === "int8" ? rows : COPIED_ROWS);
  return ranges(0, rows, Math.max(1, Math.ceil(held / SOURCE_STRIP)) * SOURCE_STRIP);
}
