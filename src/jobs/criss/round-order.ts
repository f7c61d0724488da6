import type { RoundSummary } from "./summary.js";

/**
 * Whether a round is better than an earlier one, by its validation; any is better than the start's, which has none. The
 * share of mutual choices would not do: it falls where an encoder learns to tell a translation from a mere likeness.
 */
export function isBetter({ mean }: RoundSummary, { mean: earlier }: RoundSummary): boolean {
  return (mean.validation ?? 0) > (earlier.validation ?? Number.NEGATIVE_INFINITY);
}
