import type { Band } from "./band.js";

/** Nodes that are looked at together: x from `x` up to `endX`, y from `y` up to `endY`, as far as they are in the band. */
export interface Tile {
  x: number;
  endX: number;
  y: number;
  endY: number;
}

/** Rows of a tile, and its nodes: their products stay in the processor's cache. */
const ROWS = 32;
const NODES = 4096;

/** Cuts a band into tiles, in an order in which every node comes after those that lead to it. */
export function* tilesOf({ first, end }: Band): Generator<Tile> {
  for (let x = 0; x < first.length; ) {
    const endX = rowsFrom(x, first, end);
    const columns = Math.max(1, Math.floor(NODES / (endX - x)));
    for (let y = first[x]; y < end[endX - 1]; y += columns)
      yield { x, endX, y, endY: Math.min(y + columns, end[endX - 1]) };
    x = endX;
  }
}

/** As many rows as have few nodes that are not of the band: it may go far to the side. */
function rowsFrom(x: number, first: Uint32Array, end: Uint32Array): number {
  const most = Math.min(x + ROWS, first.length);
  let endX = x + 1;
  while (endX < most && (endX + 1 - x) * (end[endX] - first[x]) <= NODES) endX++;
  return endX;
}
