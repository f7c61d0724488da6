import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { openNpy, writeColumn } from "../../store/arrays/npy-file.js";
import { checkFacts, readFacts, type SummedFiles, writeFacts } from "../../store/files/facts-file.js";
import { requireFolder } from "../../store/files/folder-error.js";
import type { FoundLists } from "../../types/neighbours.js";
import type { SideName } from "../../types/texts.js";

/** Raised when files of a shard change their meaning. */
const FORMAT = 1;

const DIRECTIONS = ["forward", "backward"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Which columns a shard has, and how many slots a row takes in each direction. */
export interface ShardSizes extends SummedFiles {
  /** Slots a row. */
  slots: Record<Direction, number>;
  /** Rows that were searched: the shard's of the source, all of the target. */
  rows: Record<SideName, number>;
}

const COLUMNS = ["index", "found", "exact"] as const;

/** The rows of a direction's lists are those of this side. */
const SIDE_OF: Record<Direction, SideName> = { forward: "source", backward: "target" };

/** Neighbours of a shard; rows and indices are numbers of sentences. */
export interface ShardLists {
  rows: Record<SideName, Uint32Array>;
  lists: Record<Direction, FoundLists>;
}

/** Fills a folder with a shard's neighbours as .npy columns, and `part.json`, as it has always been called, with what they are of. */
export async function writeShard<I extends ShardSizes>(
  folder: string,
  info: I,
  { rows, lists }: ShardLists,
): Promise<void> {
  for (const direction of DIRECTIONS) {
    const side = SIDE_OF[direction];
    await writeColumn(rowsPath(folder, side), "<u4", rows[side]);
    await writeColumn(columnPath(folder, direction, "index"), "<u4", lists[direction].indices);
    await writeColumn(columnPath(folder, direction, "found"), "<f4", lists[direction].found);
    await writeColumn(columnPath(folder, direction, "exact"), "<f4", lists[direction].exact);
  }
  await writeFacts(infoPath(folder), { format: FORMAT, ...info }, { beside: SHARD_FILES, indent: 2 });
}

/**
 * What a shard is of.
 *
 * @throws InputError if the folder holds none that this version reads
 */
export async function readShardInfo<I extends ShardSizes>(folder: string): Promise<I> {
  await requireFolder(folder);
  if (!existsSync(infoPath(folder)))
    throw new InputError({ path: folder }, "is not a shard; expected a folder that search wrote.");
  const info = await readFacts<I & { format: number }>(infoPath(folder), REMOVE_ADVICE);
  if (info?.format !== FORMAT || !info.slots || !info.rows)
    throw new InputError(
      { path: folder },
      `is a shard of format ${info?.format}; this version reads ${FORMAT}.`,
      { advice: "Search this shard again." },
    );
  return info;
}

/**
 * Checks that every column of a shard is there, as long as the shard tells, and as it was written.
 *
 * @throws InputError that names the first that is not
 */
export async function checkShardFiles(folder: string, { slots, rows, files }: ShardSizes): Promise<void> {
  for (const direction of DIRECTIONS) {
    const length = rows[SIDE_OF[direction]];
    readRange(rowsPath(folder, SIDE_OF[direction]), length, length);
    for (const column of COLUMNS) {
      const end = length * slots[direction];
      readRange(columnPath(folder, direction, column), end, end);
    }
  }
  await checkFacts(infoPath(folder), { files }, ADVICE);
}

/** A shard's sizes, and the folder that it lies in. */
export interface StoredShard {
  folder: string;
  info: ShardSizes;
}

/** Some of a shard's rows: from `first` up to `end`. */
export interface RowRange {
  first: number;
  end: number;
}

/** Rows of a direction's lists. */
export function readLists(
  { folder, info: { slots } }: StoredShard,
  direction: Direction,
  { first, end }: RowRange,
): FoundLists {
  const k = slots[direction];
  const column = (name: (typeof COLUMNS)[number]) =>
    readRange(columnPath(folder, direction, name), first * k, end * k);
  return {
    rows: end - first,
    k,
    indices: column("index") as Uint32Array,
    found: column("found") as Float32Array,
    exact: column("exact") as Float32Array,
  };
}

/** The sentences that a shard's rows of a side are. */
export function readRows(
  { folder }: Pick<StoredShard, "folder">,
  side: SideName,
  { first, end }: RowRange,
): Uint32Array {
  return readRange(rowsPath(folder, side), first, end) as Uint32Array;
}

function readRange(path: string, first: number, end: number) {
  using file = openNpy(path);
  if (end > file.shape[0])
    throw new InputError({ path }, `has ${file.shape[0]} numbers, fewer than its part.json says.`, {
      advice: ADVICE,
    });
  return file.read(first, end);
}

const ADVICE = "Search this shard again.";
const REMOVE_ADVICE = "Remove its folder, and search this shard again.";

const infoPath = (folder: string) => join(folder, "part.json");
const rowsPath = (folder: string, side: SideName) => join(folder, `${side}.npy`);
const columnPath = (folder: string, direction: Direction, column: (typeof COLUMNS)[number]) =>
  join(folder, `${direction}.${column}.npy`);

/** The names of all columns. */
const SHARD_FILES = DIRECTIONS.flatMap((direction) => [
  rowsPath("", SIDE_OF[direction]),
  ...COLUMNS.map((column) => columnPath("", direction, column)),
]);
