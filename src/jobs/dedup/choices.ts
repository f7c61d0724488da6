import type { OptionNames } from "../../check-options.js";
import { checkBudget, checkOneOf } from "../../check-values.js";
import type { JobListeners } from "../../events.js";
import { DUPLICATES_OF, type DuplicatesOf } from "../../filter/duplicate-key.js";

/** What counts as a duplicate, and which of those that are equal stays. */
export interface DedupChoices extends JobListeners {
  /** What must not come again: both texts together, or one side's. @default "pair" */
  of?: DuplicatesOf;
  /**
   * Which of those that are equal is kept: the first; the one with the highest score, one without a score last; or the
   * longest, by the characters of both texts. The first of several. @default "first"
   */
  keep?: Keep;
  /** Compare letters alone, whatever their case: not spaces, digits and signs. @default false */
  near?: boolean;
  /** Bytes that may be held; the rest goes to temporary files, 16 bytes a pair. At least 1 MiB. @default 1 GiB */
  memory?: number;
}

/** The names of `DedupChoices`. */
export const DEDUP_CHOICES: OptionNames<DedupChoices> = {
  of: true,
  keep: true,
  near: true,
  memory: true,
  signal: true,
  onEvent: true,
};

/** Which of equal pairs can be kept. */
export const KEEPS = ["first", "best", "longest"] as const;
/** Which of equal pairs is kept. */
export type Keep = (typeof KEEPS)[number];

const LEAST_MEMORY = 2 ** 20;

/** The same with nothing left open. */
export type SettledChoices = DedupChoices & Required<Pick<DedupChoices, "of" | "keep" | "memory">>;

/** @throws OptionError for a value that cannot be */
export function settleChoices(options: DedupChoices): SettledChoices {
  const { of = "pair", keep = "first", memory = 2 ** 30 } = options;
  checkOneOf("of", of, DUPLICATES_OF);
  checkOneOf("keep", keep, KEEPS);
  checkBudget(memory, LEAST_MEMORY);
  return { ...options, of, keep, memory };
}
