import { say } from "../../../wording.js";
import type { RoundSummary } from "../loop-summary.js";

/** Says that a round's encoder learned nothing from the pairs before, and what may help. */
export function describeNothing({ round, mean }: RoundSummary) {
  const [found, start] = [mean.validation, mean.startValidation].map((share) => share!.toFixed(3));
  return say`Round ${round}: its encoder learned nothing that the start does not know: of the pairs held out, what the start knows of them hidden, it finds ${found}, the start ${start}. The loop does not work from this start on these texts. More text would help, or an encoder that was trained on a related language.`;
}
