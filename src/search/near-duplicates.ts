import { type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";

/** Neighbours that are looked at of each row, beside itself. */
const LOOK = 16;

/** Looks rows of one side up among rows of the same side. */
export interface SideSearch {
  /** Of each asked row its k nearest among the kept ones, with exact cosines; both in ascending order of rows. */
  nearest(asked: Uint32Array, kept: Uint32Array, k: number): Promise<Neighbours>;
  /** The exact cosine of each row and its other. */
  cosines(rows: Uint32Array, others: Uint32Array): Float32Array;
}

/**
 * For each row, the row that represents it: the first of its near-duplicates, or itself.
 *
 * A row joins the first earlier representative among its nearest whose cosine reaches the threshold; a later row never
 * links two that are apart. A row whose nearest all reach the threshold may have more: it is asked again among what is
 * left, until nothing joins any more. So with exact search no two representatives reach the threshold, except rows
 * whose own representative has joined another that is too far from them: these represent themselves.
 */
export async function findNearDuplicates(
  rows: number,
  threshold: number,
  search: SideSearch,
): Promise<Uint32Array> {
  const standsFor = Uint32Array.from({ length: rows }, (_, row) => row);
  const isFirst = (row: number) => standsFor[row] === row;
  let kept = standsFor.slice();
  let asked = kept;
  while (asked.length > 0) {
    const found = await search.nearest(asked, kept, LOOK + 1);
    const full: number[] = [];
    let joined = 0;
    for (const [i, row] of asked.entries()) {
      const list = nearRows(found, i, threshold).map((slot) => kept[slot]);
      const earlier = list.filter((other) => other < row && isFirst(other));
      if (earlier.length > 0) {
        standsFor[row] = Math.min(...earlier);
        joined++;
      } else if (list.length === found.k && found.k < kept.length) full.push(row);
    }
    kept = kept.filter(isFirst);
    asked = Uint32Array.from(joined > 0 ? full : []);
  }
  return separate(standsFor, threshold, search);
}

/** The slots of a row's neighbours whose cosine reaches the threshold. */
function nearRows({ k, indices, cosines }: Neighbours, row: number, threshold: number): number[] {
  const near: number[] = [];
  for (let slot = row * k; slot < (row + 1) * k; slot++)
    if (indices[slot] !== NO_NEIGHBOUR && cosines[slot] >= threshold) near.push(indices[slot]);
  return near;
}

/** Leads each row to the end of its chain, or lets it represent itself if that is too far away. */
function separate(standsFor: Uint32Array, threshold: number, { cosines }: SideSearch): Uint32Array {
  const ends = standsFor.map((first) => {
    let end = first;
    while (standsFor[end] !== end) end = standsFor[end];
    return end;
  });
  const moved = Uint32Array.from(ends.keys()).filter((row) => ends[row] !== standsFor[row]);
  const others = moved.map((row) => ends[row]);
  for (const [i, cosine] of cosines(moved, others).entries())
    if (cosine < threshold) ends[moved[i]] = moved[i];
  return ends;
}
