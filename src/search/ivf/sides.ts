import { pause } from "../../flow/pause.js";
import type { Neighbours } from "../../types/neighbours.js";
import type { SideName } from "../../types/texts.js";
import type { VectorRows } from "../../types/vectors.js";
import { CODINGS, IVF_TYPE } from "../coding.js";
import { encodeInto, encodeRows } from "../encode-rows.js";
import { idsOf, type Range, ranges } from "../ranges.js";
import { reorder } from "../reorder.js";
import { emptyLists } from "../threads/empty-lists.js";
import { freePart, takenParts } from "../threads/turns.js";
import type { Centroids } from "./centroids.js";
import type { Grouped } from "./group-by-list.js";
import type { JoinTask, ListedRows } from "./join/join.js";
import { FACTOR, type KnownLists } from "./known-lists.js";
import { encodeCentroids, type ListCodes } from "./list-codes.js";
import { roomForLists } from "./lookup/look-up-rows.js";

/** Rows that a thread has look at lists at once, at most. */
export const ASKING_ROWS = 32_768;
/** Rows of lists that it takes at once. */
const LISTED_ROWS = 8192;

/** A side of a join. */
export interface JoinedSide {
  rows: VectorRows;
  /** Which factor of every product it is. */
  factor: "left" | "right";
  neighbours: Neighbours;
  centroids: ListCodes;
  /** For each row its nearest list, once it has been looked for. */
  nearest: Uint16Array;
  /** The lists that each row looks at, where they have been looked for. */
  known?: KnownLists;
}

export interface OpenSidesOptions {
  k: number;
  centroids: Centroids;
  known?: Partial<Record<SideName, KnownLists>>;
}

export function openSides(
  source: VectorRows,
  target: VectorRows,
  { k, centroids: { vectors, means }, known = {} }: OpenSidesOptions,
): Record<SideName, JoinedSide> {
  const open = (name: SideName, rows: VectorRows, others: VectorRows): JoinedSide => ({
    rows,
    factor: FACTOR[name],
    neighbours: emptyLists(rows.rows, Math.min(k, others.rows)),
    centroids: encodeCentroids(vectors, means[name]),
    nearest: nearestOf(rows.rows, known[name]),
    known: known[name],
  });
  return { source: open("source", source, target), target: open("target", target, source) };
}

function nearestOf(rows: number, known?: KnownLists): Uint16Array {
  const nearest = roomForLists(rows, 1);
  if (known) for (let row = 0; row < rows; row++) nearest[row] = known.lists[row * known.each];
  return nearest;
}

/** Ranges of rows that ask at once: the same number for each thread. */
export function chunksOf(rows: number, threads: number): Iterable<Range> {
  return ranges(0, rows, chunkRows(rows, threads));
}

/** The most rows of a side that a thread has at once. */
export function stripRows(rows: number, threads: number): number {
  return Math.max(chunkRows(rows, threads), Math.min(LISTED_ROWS, rows));
}

function chunkRows(rows: number, threads: number): number {
  const chunks = threads * Math.ceil(rows / (threads * ASKING_ROWS));
  return rows === 0 ? 0 : Math.ceil(rows / chunks);
}

export function askLists(
  { rows, factor, neighbours, centroids, nearest, known }: JoinedSide,
  chunk: Range,
  { room, probes, ...where }: { room: SharedArrayBuffer; probes: number } & Omit<JoinTask, "asking">,
): JoinTask {
  const codes = encodeRows(rows, chunk, { type: IVF_TYPE, side: factor }, room);
  const strip = { codes, ids: idsOf(chunk), lists: neighbours };
  const lists = known?.lists.subarray(chunk.first * known.each, chunk.end * known.each);
  return { asking: { strip, factor, centroids, probes, nearest, lists }, ...where };
}

/** How rows of lists are held, and by how many threads they are taken. */
export interface HoldOptions {
  members: Grouped;
  threads: number;
  /** Where their codes are put. */
  room: SharedArrayBuffer;
}

/** Rows of lists that are not encoded yet; each strip of them is taken once it is. */
export function holdLists(
  { rows, factor, neighbours }: JoinedSide,
  held: Range,
  { members, threads, room }: HoldOptions,
): ListedRows {
  const count = held.end - held.first;
  const stripRows = Math.min(LISTED_ROWS, Math.ceil(count / threads));
  const { Codes } = CODINGS[IVF_TYPE][factor];
  const codes = new Codes(room).subarray(0, count * rows.dimensions);
  const marks = takenParts(Math.ceil(count / stripRows));
  return { held, stripRows, codes, members, neighbours, marks };
}

/** Encodes strip by strip, beside the threads that wait for them; all are free at the end, also where one fails. */
export async function encodeLists(
  { rows, factor }: JoinedSide,
  { held, stripRows, codes, members, marks }: ListedRows,
  signal?: AbortSignal,
): Promise<void> {
  const inOrder = reorder(rows, members.items);
  let next = 0;
  try {
    for (const range of ranges(held.first, held.end, stripRows)) {
      const [start, end] = [range.first - held.first, range.end - held.first];
      const place = codes.subarray(start * rows.dimensions, end * rows.dimensions);
      encodeInto(place, inOrder, range, { type: IVF_TYPE, side: factor });
      freePart(marks, next++);
      await pause(signal);
    }
  } finally {
    while (next < marks.length - 1) freePart(marks, next++);
  }
}
