import { type EqualRows, expandNeighbours, findEqualRows } from "../../../search/equal-rows.js";
import { reorder } from "../../../search/reorder.js";
import type { Neighbours } from "../../../types/neighbours.js";
import type { SideName } from "../../../types/texts.js";
import type { Index, SearchedSide, SearchedVectors } from "./index-options.js";

/**
 * The same index, with equal rows searched once. In a graph all links of many equal rows lead to each other, and clusters
 * are trained on them more than on all else, so that little else is found. What is found is what the index would find
 * if it found all: the k nearest, equal cosines in the order of the rows.
 *
 * Memory: 8 bytes a row of a side that has equal ones; while they are looked for 34 at most.
 */
export function equalOnce(index: Index): Index {
  const { searchForward } = index;
  return {
    ...index,
    search: async (vectors, k, whole) => {
      const sides = await collapse(vectors);
      // A side that is searched whole is not looked through again.
      const collapseWhole = async (name: SideName, side: SearchedSide) =>
        side === vectors[name] ? sides[name] : collapseSide(side);
      const all = whole && {
        source: await collapseWhole("source", whole.source),
        target: await collapseWhole("target", whole.target),
      };
      const found = await index.search(searchedOf(sides), k, all && searchedOf(all));
      return {
        forward: expand(found.forward, [sides.source, sides.target], k),
        backward: expand(found.backward, [sides.target, sides.source], k),
      };
    },
    searchForward:
      searchForward &&
      (async (vectors, k) => {
        const sides = await collapse(vectors);
        const found = await searchForward(searchedOf(sides), k);
        return expand(found, [sides.source, sides.target], k);
      }),
  };
}

/** A side, and what is searched of it. */
interface CollapsedSide {
  searched: SearchedSide;
  rows: number;
  /** Undefined where all rows differ. */
  equal: EqualRows | undefined;
}

type CollapsedSides = Record<keyof SearchedVectors, CollapsedSide>;

async function collapse({ source, target }: SearchedVectors): Promise<CollapsedSides> {
  return { source: await collapseSide(source), target: await collapseSide(target) };
}

async function collapseSide(side: SearchedSide): Promise<CollapsedSide> {
  const { vectors, rowNumbers } = side;
  const equal = await findEqualRows(vectors);
  if (!equal) return { searched: side, rows: vectors.rows, equal };
  const searched = {
    vectors: reorder(vectors, equal.firsts),
    rowNumbers: equal.firsts.map((row) => rowNumbers[row]),
    collapsed: true,
  };
  return { searched, rows: vectors.rows, equal };
}

const searchedOf = ({ source, target }: CollapsedSides): SearchedVectors => ({
  source: source.searched,
  target: target.searched,
});

function expand(
  found: Neighbours,
  [rows, others]: readonly [CollapsedSide, CollapsedSide],
  k: number,
): Neighbours {
  if (!rows.equal && !others.equal) return found;
  return expandNeighbours(found, { rows: rows.equal, others: others.equal }, Math.min(k, others.rows));
}
