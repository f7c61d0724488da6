import { availableParallelism } from "node:os";
import type { SideName } from "../types/texts.js";
import type { VectorRows } from "../types/vectors.js";
import type { BothWays, SearchOptions } from "./both-ways.js";
import { IVF_TYPE } from "./coding.js";
import { roomForCodes } from "./encode-rows.js";
import type { Centroids } from "./ivf/centroids.js";
import { groupByList } from "./ivf/group-by-list.js";
import { JOIN, JOIN_BLOCK, type JoinSetup, type ListedRows } from "./ivf/join/join.js";
import type { KnownLists } from "./ivf/known-lists.js";
import {
  askLists,
  chunksOf,
  encodeLists,
  holdLists,
  type JoinedSide,
  openSides,
  stripRows,
} from "./ivf/sides.js";
import { type Range, ranges } from "./ranges.js";
import { Team, threadsWorth } from "./threads/team.js";

const WORKER = new URL("./ivf/join/worker.js", import.meta.url);

export interface IvfOptions extends Omit<SearchOptions, "type" | "forwardOnly"> {
  centroids: Centroids;
  /** Lists that each row looks at; more finds more of the true neighbours. */
  probes: number;
  /** Which these are of a side's rows, where `findLists` has looked for them. */
  known?: Partial<Record<SideName, KnownLists>>;
}

/**
 * Joins both sides by an inverted file. Every row is in the list of its nearest centroid and looks at the lists of its
 * nearest few; a source and a target are compared if either looks at the other's list, which finds far more of the true
 * neighbours than twice as many lists from one side. Each list takes one dense product with all rows of the other side
 * that look at it, which serves both directions.
 *
 * Memory: a byte for each number of the held rows, 8 · k + 6 bytes a row, and for each thread the numbers of three times
 * 32,768 rows, with 8 bytes for each list that a row looks at.
 */
export async function searchIvf(
  source: VectorRows,
  target: VectorRows,
  options: IvfOptions,
): Promise<BothWays> {
  const { centroids, probes, heldRows = Number.POSITIVE_INFINITY, signal, onProgress } = options;
  const { rows: lists, dimensions } = centroids.vectors;
  const most = Math.min(probes, lists);
  const threads = countThreads(source, target, options);
  const parts = Math.max(1, threads);
  const sides = openSides(source, target, options);
  const setup: JoinSetup = {
    strips: {
      type: IVF_TYPE,
      dimensions,
      block: JOIN_BLOCK,
      left: { rows: stripRows(source.rows, parts), k: sides.source.neighbours.k },
      right: { rows: stripRows(target.rows, parts), k: sides.target.neighbours.k },
    },
    lookup: { dimensions, lists, most },
  };
  await using team = await Team.open({ trade: JOIN, setup, threads, module: WORKER, signal });
  const rooms = Array.from({ length: team.lanes }, () =>
    roomForCodes(Math.max(setup.strips.left.rows, setup.strips.right.rows), dimensions, IVF_TYPE),
  );
  const ask = (asking: JoinedSide, probes: number, listed?: ListedRows) => (chunk: Range, lane: number) =>
    askLists(asking, chunk, { probes, listed, start: lane / team.lanes, room: rooms[lane] });
  if (!sides.target.known) await team.doAll(chunksOf(target.rows, parts), ask(sides.target, 1));
  // One for both directions: threads let go of memory that they share only when their garbage is collected.
  const mostHeld = Math.min(heldRows, Math.max(source.rows, target.rows));
  const heldCodes = roomForCodes(mostHeld, dimensions, IVF_TYPE);
  let done = 0;
  for (const [asking, listed] of [
    [sides.source, sides.target],
    [sides.target, sides.source],
  ]) {
    const members = groupByList(listed.nearest, 1, lists);
    for (const held of ranges(0, listed.rows.rows, heldRows)) {
      const part = holdLists(listed, held, { members, threads: parts, room: heldCodes });
      const encoding = encodeLists(listed, part, signal);
      // Told when it is waited for.
      encoding.catch(() => {});
      // This thread cannot wait for what it has to do itself.
      if (team.lanes === 1) await encoding;
      try {
        await team.doAll(chunksOf(asking.rows.rows, parts), ask(asking, most, part), (pairs) => {
          done += pairs / 2;
          onProgress?.(Math.floor(done));
        });
      } finally {
        await encoding;
      }
    }
  }
  return { forward: sides.source.neighbours, backward: sides.target.neighbours };
}

function countThreads(
  source: VectorRows,
  target: VectorRows,
  { centroids: { vectors }, probes, threads = availableParallelism() }: IvfOptions,
): number {
  const share = Math.min(1, (2 * probes) / vectors.rows);
  const pairs = source.rows * target.rows * share + 2 * (source.rows + target.rows) * vectors.rows;
  return threadsWorth(pairs * vectors.dimensions, Math.min(threads, source.rows, target.rows));
}
