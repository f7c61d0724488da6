import { inMemory } from "../../search/in-memory.js";
import { findNearDuplicates, type SideSearch } from "../../search/near-duplicates.js";
import { reorder } from "../../search/reorder.js";
import { rescore } from "../../search/rescore.js";
import type { NonZeroRows } from "../../search/zero-rows.js";
import type { Groups } from "../../store/corpus/group-files.js";
import type { VectorRows } from "../../types/vectors.js";
import type { Sides } from "../texts/side.js";
import type { Index, SearchedVectors } from "./indexes/index-options.js";

/** Which sentences of a side are near-duplicates, and what finds them. */
export interface NearDuplicates {
  /** The least cosine between two of them. */
  cosine: number;
  index: Index;
}

/** Vectors of which some stand for others. */
export interface Collapsed {
  searched: SearchedVectors;
  groups: Groups;
}

/** Leaves only one of each group of near-duplicates of either side, and says for which sentences it stands. */
export async function collapseSides(
  { source, target }: Sides,
  vectors: SearchedVectors,
  nearDuplicates: NearDuplicates,
): Promise<Collapsed> {
  const collapsed = {
    source: await collapseSide(vectors.source, source.texts.length, nearDuplicates),
    target: await collapseSide(vectors.target, target.texts.length, nearDuplicates),
  };
  return {
    searched: { source: collapsed.source.searched, target: collapsed.target.searched },
    groups: { source: collapsed.source.standsFor, target: collapsed.target.standsFor },
  };
}

interface CollapsedSide {
  searched: NonZeroRows;
  /** For each sentence the one that stands for it: the first of its near-duplicates, or itself. */
  standsFor: Uint32Array;
}

/** Memory: those rows that are left, once more. */
async function collapseSide(
  { vectors, rowNumbers }: NonZeroRows,
  sentences: number,
  { cosine, index }: NearDuplicates,
): Promise<CollapsedSide> {
  const take = (rows: Uint32Array) => (rows.length === vectors.rows ? vectors : takeRows(vectors, rows));
  const sideSearch: SideSearch = {
    nearest: async (asked, kept, k) => {
      const [source, target] = [take(asked), take(kept)];
      const both = {
        source: { vectors: source, rowNumbers: asked },
        target: { vectors: target, rowNumbers: kept },
      };
      const wanted = k + index.extra;
      const found = (await index.searchForward?.(both, wanted)) ?? (await index.search(both, wanted)).forward;
      return rescore(found, source, target, { k });
    },
    cosines: (rows, others) => {
      const pairs = { rows: rows.length, k: 1, indices: others, cosines: new Float32Array(rows.length) };
      return rescore(pairs, takeRows(vectors, rows), vectors, { k: 1 }).cosines;
    },
  };
  const firsts = await findNearDuplicates(vectors.rows, cosine, sideSearch);
  const standsFor = Uint32Array.from({ length: sentences }, (_, sentence) => sentence);
  for (const [row, first] of firsts.entries()) standsFor[rowNumbers[row]] = rowNumbers[first];
  const kept = firsts.filter((first, row) => first === row);
  return {
    searched: { vectors: take(kept), rowNumbers: kept.map((row) => rowNumbers[row]) },
    standsFor,
  };
}

function takeRows(vectors: VectorRows, rows: Uint32Array): VectorRows {
  const { dimensions } = vectors;
  const data = reorder(vectors, rows).read(0, rows.length);
  return inMemory({ rows: rows.length, dimensions, data });
}
