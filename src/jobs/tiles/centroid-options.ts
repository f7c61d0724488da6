import type { OptionNames } from "../../check-options.js";
import type { JobListeners } from "../../events.js";
import { VECTOR_SIDES_OPTIONS, type VectorSidesOptions } from "./side-options.js";

/** What is clustered, and by how large a sample. */
export interface FindCentroidsOptions extends VectorSidesOptions, JobListeners {
  /** Sentences of both sides together that are clustered, evenly spread. @default 32 a cluster; more are refused, since they do not improve them */
  sample?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/** The names of `FindCentroidsOptions`. */
export const FIND_CENTROIDS_OPTIONS: OptionNames<FindCentroidsOptions> = {
  ...VECTOR_SIDES_OPTIONS,
  sample: true,
  threads: true,
  signal: true,
  onEvent: true,
};
