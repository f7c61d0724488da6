import type { ReadOptions } from "../input.js";

/** Which fields of a record are read. */
export interface PairFieldOptions {
  /**
   * jsonl, json and parquet: the paths to source and target, such as `translation.de`.
   * @default ["source", "target"]; where the first record lacks them, the two languages of its `translation`, or fields
   * of known names such as `src` and `tgt`, or the two that are named by a language
   */
  fields?: readonly [source: string, target: string];
  /** jsonl, json and parquet: the path to the score, which may be absent. @default "score" */
  scoreField?: string;
}

/** How records are read, and what messages call their input. */
export interface PairRecordOptions extends PairFieldOptions, Pick<ReadOptions, "onNote"> {
  languages?: readonly [source: string, target: string];
  path: string;
}
