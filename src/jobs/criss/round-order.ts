import type { RoundSummary } from "./summary.js";

/** Whether a round is better than another. */
export function isBetter(one: RoundSummary, other: RoundSummary): boolean {
  return one.mean.mutual > other.mean.mutual;
}
