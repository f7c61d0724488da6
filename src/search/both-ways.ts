import type { Neighbours } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import type { SearchType } from "./coding.js";

/** The nearest rows of each side among the other's. */
export interface BothWays {
  /** For each source row its nearest targets. */
  forward: Neighbours;
  /** For each target row its nearest sources. */
  backward: Neighbours;
}

export interface SearchOptions {
  /** Neighbours wanted of each row; no more than the other side has rows. */
  k: number;
  /** What is multiplied. @default "float32" */
  type?: SearchType;
  /** Whether the lists of the target's rows are left empty. @default false */
  forwardOnly?: boolean;
  /** Rows of one side whose numbers are held; fewer need more passes over the other. @default all */
  heldRows?: number;
  /** Threads that search. @default as many as the machine has */
  threads?: number;
  signal?: AbortSignal;
  /** Called with the number of row pairs compared so far, of `source.rows × target.rows`. */
  onProgress?: (compared: number) => void;
}

/**
 * Finds neighbours in both directions.
 *
 * Rows are L2-normalised, so that an inner product is a cosine. The cosines may be approximate: what is found is
 * scored again from the vectors before it is used.
 */
export type SearchBothWays = (
  source: VectorRows,
  target: VectorRows,
  options: SearchOptions,
) => Promise<BothWays>;
