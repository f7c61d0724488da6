import { say } from "../../../wording.js";
import type { RoundSummary } from "../loop-summary.js";

/** Says that a round's encoder learned nothing from the pairs before, and what may help. */
export function describeNothing({ round, mean }: RoundSummary) {
  return say`Round ${round}: its encoder learned nothing that the start does not know. Of the pairs held out, what the start knows of them hidden, it brings ${(100 * mean.nearer!).toFixed(0)} % of them nearer to their translations, fewer than half. The loop does not work from this start on these texts. What would help: more text, pairs or words of your own, or an encoder that knows a related language.`;
}
