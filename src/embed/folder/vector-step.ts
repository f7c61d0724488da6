import { normaliseRows } from "../normalise.js";

/** What is done with sentences' vectors after pooling. */
export interface VectorStep {
  /** For people. */
  name: string;
  /** Tells two steps apart, weights included. */
  digest: string;
  /** rows × dimensions to rows × its own outputs; its argument may be changed. */
  apply(vectors: Float32Array, dimensions: number): Float32Array;
}

export const NORMALISE: VectorStep = {
  name: "normalise",
  digest: "normalise",
  apply: normaliseRows,
};
