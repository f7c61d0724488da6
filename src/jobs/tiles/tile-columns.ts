import { join } from "node:path";
import { firstSlots, type ListRoom } from "../../search/found-lists.js";
import type { Range } from "../../search/ranges.js";
import { NpyWriter, openNpy } from "../../store/arrays/npy-file.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import type { FoundLists } from "../../types/neighbours.js";
import type { SideName } from "../../types/texts.js";

export const DIRECTIONS = ["forward", "backward"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The rows of a direction's lists are those of this side. */
export const SIDE_OF: Record<Direction, SideName> = { forward: "source", backward: "target" };

const COLUMNS = { index: "<u4", found: "<f4", exact: "<f4" } as const;

/** What was found for some rows, all by the numbers of sentences. */
export interface RowsFound {
  rows: Uint32Array;
  lists: FoundLists;
}

/** What was found for a tile's rows. */
export type TileLists = Record<Direction, RowsFound>;

/** Writes a direction's lists as .npy columns, some rows after the others. */
export async function writeLists(
  folder: string,
  direction: Direction,
  pieces: Iterable<RowsFound>,
): Promise<void> {
  const paths = pathsOf(folder, direction);
  const open = <K extends "<u4" | "<f4">(path: string, type: K) =>
    NpyWriter.open(temporaryPath(path), type, 1);
  const writers = {
    rows: await open(paths.rows, "<u4"),
    index: await open(paths.index, COLUMNS.index),
    found: await open(paths.found, COLUMNS.found),
    exact: await open(paths.exact, COLUMNS.exact),
  };
  for (const { rows, lists } of pieces) {
    await writers.rows.append(rows);
    await writers.index.append(lists.indices);
    await writers.found.append(lists.found);
    await writers.exact.append(lists.exact);
  }
  for (const name of ["rows", "index", "found", "exact"] as const) await writers[name].finish(paths[name]);
}

/** A folder of lists, and how many slots a row takes in them. */
export interface StoredLists {
  folder: string;
  info: { slots: Record<Direction, number> };
}

/** What was found for some of a tile's rows, counted from its own first, in a room that is large enough. */
export function readLists(
  { folder, info: { slots } }: StoredLists,
  direction: Direction,
  { first, end }: Range,
  room: ListRoom,
): FoundLists {
  const k = slots[direction];
  const paths = pathsOf(folder, direction);
  const { indices, found, exact } = firstSlots(room, (end - first) * k);
  readInto(paths.index, first * k, indices);
  readInto(paths.found, first * k, found);
  readInto(paths.exact, first * k, exact);
  return { rows: end - first, k, indices, found, exact };
}

/** The sentences that some rows are. */
export function readRows(folder: string, direction: Direction, { first, end }: Range): Uint32Array {
  const rows = new Uint32Array(end - first);
  readInto(pathsOf(folder, direction).rows, first, rows);
  return rows;
}

function readInto(path: string, first: number, values: Uint32Array | Float32Array): void {
  using file = openNpy(path);
  file.readInto(first, values);
}

function pathsOf(folder: string, direction: Direction): Record<"rows" | keyof typeof COLUMNS, string> {
  const column = (name: keyof typeof COLUMNS) => join(folder, `${direction}.${name}.npy`);
  return {
    rows: join(folder, `${SIDE_OF[direction]}.npy`),
    index: column("index"),
    found: column("found"),
    exact: column("exact"),
  };
}

/** The names of all columns. */
export const TILE_FILES = DIRECTIONS.flatMap((direction) => Object.values(pathsOf("", direction)));
