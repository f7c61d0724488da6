import type { Interval } from "../../statistics/percentiles.js";

/** A figure with its 95 % interval, where one was asked for. */
export interface Figure {
  /** The figure itself. */
  value: number;
  /** A 95 % bootstrap interval around it, if one was asked for. */
  interval?: Interval;
}

/** Figures that a program can read and a person can compare. */
export interface Report {
  /** Names of the columns after the row's own. */
  columns: string[];
  /** A row for each thing that was measured, its figures by column. */
  rows: {
    /** What was measured, such as a task or a language. */
    name: string;
    /** By column; a row may lack some. */
    figures: Record<string, Figure>;
  }[];
  /** What every figure was measured with: encoder, margin, k, retrieval, centring, number of sentences. */
  conditions: Record<string, string | number | boolean>;
}
