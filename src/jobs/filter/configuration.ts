import type { CustomFunction } from "../../filter/custom-rule.js";

/** Where something stands in a configuration's file. */
export interface ConfigurationPlace {
  path: string;
  line: number;
  column: number;
}

/** A rule as a configuration names it, with its options as they were checked. */
export interface RuleEntry {
  rule: string;
  options: unknown;
  /** The JavaScript file of a rule of one's own, as it was written. */
  module?: string;
  /** A rule of one's own, where a program gives it. */
  judge?: CustomFunction;
  place?: ConfigurationPlace;
}

export interface FilterConfiguration {
  languages?: readonly [source: string, target: string];
  filters: readonly RuleEntry[];
  /** What is worth knowing of how it was read. */
  notes?: readonly string[];
  /** Where relative paths begin. */
  folder: string;
}
