import type { Pair } from "../../types.js";

/** Where pairs go. What is not finished leaves no file. */
export interface PairSink {
  write(pairs: readonly Pair[]): Promise<void>;
  /** Ends what is written; files appear under their names. */
  finish(): Promise<void>;
  /** Leaves nothing half-written. It may follow `finish`, and does nothing then. */
  discard(): Promise<void>;
}
