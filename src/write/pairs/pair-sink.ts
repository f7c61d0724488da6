import type { Pair } from "../../types/bitexts.js";

/** Where pairs go. What is not finished when it is disposed of leaves no file. */
export interface PairSink extends AsyncDisposable {
  /** Writes pairs after those before. */
  write(pairs: readonly Pair[]): Promise<void>;
  /** Ends what is written; files are whole, but do not have their names yet. */
  complete(): Promise<void>;
  /** Completes; files appear under their names. */
  finish(): Promise<void>;
}
