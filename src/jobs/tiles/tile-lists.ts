import type { BothWays } from "../../search/both-ways.js";
import { listFound } from "../../search/found-lists.js";
import { guardCopies } from "../../steps/neighbours/copy-guard.js";
import type { SearchedVectors } from "../../steps/neighbours/indexes/index-options.js";
import type { Sides } from "../../steps/texts/side.js";
import type { FoundLists } from "../../types/neighbours.js";
import type { TileLists } from "./tile-columns.js";

/** What a tile's search found, exactly scored, by the numbers of sentences, which all tiles have in common. */
export async function listTile(
  found: BothWays,
  { source, target }: SearchedVectors,
  sides: Sides,
  { guard, heldRows }: { guard?: "copies"; heldRows?: number },
): Promise<TileLists> {
  const copies = guard === "copies" ? await guardCopies(sides) : undefined;
  const isCopy = (x: number, y: number) =>
    copies?.isCopy(source.rowNumbers[x], target.rowNumbers[y]) ?? false;
  const isCopyOf = (y: number, x: number) => isCopy(x, y);
  const forward = listFound(found.forward, source.vectors, target.vectors, { excluded: isCopy, heldRows });
  const backward = listFound(found.backward, target.vectors, source.vectors, {
    excluded: isCopyOf,
    heldRows,
  });
  return {
    forward: { rows: source.rowNumbers, lists: renumber(forward, target.rowNumbers) },
    backward: { rows: target.rowNumbers, lists: renumber(backward, source.rowNumbers) },
  };
}

function renumber(lists: FoundLists, numbers: Uint32Array): FoundLists {
  // A slot without a neighbour keeps its mark: no row has that number.
  return { ...lists, indices: lists.indices.map((row) => numbers[row] ?? row) };
}
