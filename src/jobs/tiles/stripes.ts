import { type ListRoom, MergedLists, roomFor } from "../../search/found-lists.js";
import { type Range, ranges } from "../../search/ranges.js";
import type { FoundLists } from "../../types/neighbours.js";
import { type Direction, type RowsFound, readLists, readRows, SIDE_OF } from "./tile-columns.js";
import type { TileFolder } from "./tile-files.js";

/** Rows of a side that the same tiles have found neighbours of. */
export interface Stripe extends Range {
  direction: Direction;
  tiles: readonly TileFolder[];
}

/** All rows of a direction, cut where a tile begins or ends. */
export function stripesOf(tiles: readonly TileFolder[], direction: Direction): Stripe[] {
  const rangeOf = ({ info }: TileFolder) => info.ranges[SIDE_OF[direction]];
  const edges = new Set(tiles.map(rangeOf).flatMap(({ first, end }) => [first, end]));
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const first = sorted[i];
    const having = tiles.filter((tile) => rangeOf(tile).first <= first && end <= rangeOf(tile).end);
    return { direction, first, end, tiles: having };
  });
}

/** Room for a block's lists, as they are merged and as one tile has them, which all blocks share. */
export interface BlockRooms {
  merged: ListRoom;
  read: ListRoom;
}

/** Room for so many rows of a stripe. */
export function roomsFor({ direction, tiles }: Stripe, rows: number, slots: number): BlockRooms {
  const most = Math.max(...tiles.map(({ info }) => info.slots[direction]));
  return { merged: roomFor(rows * slots), read: roomFor(rows * most) };
}

/**
 * The nearest that any tile found for some rows of a stripe: those of each tile are the nearest among its other side. They
 * lie in the room until it is used again.
 */
export function mergedLists(
  { direction, tiles }: Stripe,
  range: Range,
  slots: number,
  rooms: BlockRooms,
): FoundLists {
  const merged = new MergedLists(range.end - range.first, slots, rooms.merged);
  for (const tile of tiles)
    merged.add(readLists(tile, direction, within(tile, direction, range), rooms.read));
  return merged;
}

/** The sentences that they are. */
export function rowsOf({ direction, tiles: [tile] }: Stripe, range: Range): Uint32Array {
  return readRows(tile.folder, direction, within(tile, direction, range));
}

/** Both, a block of rows at a time, which is one only until the next is asked for. */
export function* mergedBlocks(stripe: Stripe, size: number, slots: number): Generator<RowsFound> {
  const rooms = roomsFor(stripe, Math.min(size, stripe.end - stripe.first), slots);
  for (const block of ranges(stripe.first, stripe.end, size))
    yield { rows: rowsOf(stripe, block), lists: mergedLists(stripe, block, slots, rooms) };
}

/** Rows of a side, counted from the first of a tile. */
function within({ info }: TileFolder, direction: Direction, { first, end }: Range): Range {
  const start = info.ranges[SIDE_OF[direction]].first;
  return { first: first - start, end: end - start };
}
