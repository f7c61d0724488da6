import type { JobEvent } from "../../../events.js";
import type { RoundSummary } from "../../../steps/runs/loop-summary.js";
import { note, option, say, warning } from "../../../wording.js";

/**
 * Says that a loop learns nothing: a note while it goes on, since later rounds train on more, and at its end a warning with what
 * may help.
 *
 * @param learned of the pairs held out, the share whose translations came nearer
 */
export function describeNothing({ round }: RoundSummary, learned: number, isEnd: boolean): JobEvent {
  const percent = (100 * learned).toFixed(0);
  if (!isEnd)
    return note(
      say`Round ${round}: the loop has learned nothing yet that the start does not know. Of the pairs held out so far, what the start knows of them hidden, it brings ${percent} % nearer to their translations, fewer than half.`,
    );
  return warning(
    say`Round ${round}: the loop learned nothing that the start does not know. Of the pairs held out so far, what the start knows of them hidden, it brings ${percent} % nearer to their translations, fewer than half. It does not work from this start on these texts, and what is estimated of its pairs does not hold. What would help: more text, pairs or words of your own (${option("seedPairs")}), or an encoder that knows a related language.`,
  );
}
