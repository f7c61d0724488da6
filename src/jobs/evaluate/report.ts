import type { Interval } from "../../evaluate/bootstrap.js";

/** A figure with its 95 % interval, where one was asked for. */
export interface Figure {
  value: number;
  interval?: Interval;
}

/** Figures a program can read and a person can compare. */
export interface Report {
  /** Names of the columns after the row's own. */
  columns: string[];
  rows: { name: string; figures: Record<string, Figure> }[];
  /** What every figure was measured with: encoder, margin, k, retrieval, centring, number of sentences. */
  conditions: Record<string, string | number | boolean>;
}
