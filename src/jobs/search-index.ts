import type { BothWays } from "../search/both-ways.js";
import type { Key } from "../store/manifest.js";
import type { Keep } from "../store/stage.js";
import type { SearchedVectors } from "./candidates-stage.js";
import type { JobEvent } from "./events.js";

/** A way of finding neighbours. */
export interface Index {
  /** What its neighbours depend on. */
  key: Key;
  search(vectors: SearchedVectors, k: number): Promise<BothWays>;
}

/** What an index is made in. */
export interface IndexContext {
  keep: Keep;
  /** What the vectors depend on. */
  vectorsKey: Key;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}
