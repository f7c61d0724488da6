import type { MeasuredPairs } from "./measured-pairs.js";
import type { LengthGrid } from "./model.js";

/** So many cells double a length. */
const CELLS_A_DOUBLING = 6;
const LONGEST = 2 ** 14;
const SIZE = Math.ceil(Math.log2(LONGEST) * CELLS_A_DOUBLING) + 1;

/** Counts pairs by the characters of both sides, in cells that grow as lengths do; the last ones have all that is longer. */
export function lengthGrid({
  characters: { source, target },
}: Pick<MeasuredPairs, "characters">): LengthGrid {
  const counts = new Uint32Array(SIZE * SIZE);
  for (let pair = 0; pair < source.length; pair++)
    counts[cellOf(source[pair]) * SIZE + cellOf(target[pair])]++;
  const cells: LengthGrid["cells"] = [];
  for (const [cell, pairs] of counts.entries())
    if (pairs > 0) cells.push({ source: Math.floor(cell / SIZE), target: cell % SIZE, pairs });
  return { edges: Array.from({ length: SIZE + 1 }, (_, i) => 2 ** (i / CELLS_A_DOUBLING)), cells };
}

function cellOf(characters: number): number {
  const cell = Math.floor(Math.log2(Math.max(1, characters)) * CELLS_A_DOUBLING + 1e-9);
  return Math.min(SIZE - 1, cell);
}
