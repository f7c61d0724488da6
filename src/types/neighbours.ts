/** For each row its nearest rows of the other side, by descending cosine, ties by index. */
export interface Neighbours {
  readonly rows: number;
  readonly k: number;
  /** rows × k; `NO_NEIGHBOUR` where a row has fewer. */
  readonly indices: Uint32Array;
  /** rows × k cosines. */
  readonly cosines: Float32Array;
}

export const NO_NEIGHBOUR = 0xffffffff;

/**
 * Neighbours as an index found them, by its own cosines, beside the exact ones. Lists of several tiles merge to the
 * result of one search only in the order in which the index found them.
 */
export interface FoundLists {
  readonly rows: number;
  /** Slots a row. */
  readonly k: number;
  /** rows × k; `NO_NEIGHBOUR` where a row has fewer. */
  readonly indices: Uint32Array;
  /** rows × k, descending; equal ones by index. */
  readonly found: Float32Array;
  /** rows × k; NaN where the pair counts as not there. */
  readonly exact: Float32Array;
}

/**
 * Every pair of which one is among the k nearest of the other, by source, then target: one column a field.
 * A rank is 1 for the nearest and 0 where the other side's sentence is not among the k nearest.
 */
export interface Candidates extends CandidateBlock {
  readonly k: number;
  /** Whether fewer than k make a neighbourhood where a side has few sentences. */
  readonly boundedK?: boolean;
  readonly sourceRows: number;
  readonly targetRows: number;
}

/** Columns of candidates: of all, or of some of them. */
export interface CandidateBlock {
  readonly length: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly cosine: Float32Array;
  /** Rank of the target among the source's neighbours. */
  readonly forwardRank: Uint16Array;
  /** Rank of the source among the target's neighbours. */
  readonly backwardRank: Uint16Array;
}
