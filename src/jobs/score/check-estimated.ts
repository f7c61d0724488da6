import { OptionError } from "../../errors.js";
import { askedFor, type ThresholdOptions } from "../../steps/pairs/estimate-threshold.js";
import type { Margin } from "../../types/pairs.js";
import { option, say } from "../../wording.js";
import type { Score } from "./pair-scorer.js";

/** The scores whose wrong pairs are known, as margins. */
export const ESTIMATED: Partial<Record<Score, Margin>> = {
  ratio: "ratio",
  distance: "distance",
  cosine: "absolute",
};

/** @throws OptionError if a threshold is to be estimated of a score of which nobody knows what wrong pairs get */
export function checkEstimated(score: Score, options: ThresholdOptions): void {
  const asked = askedFor(options);
  if (asked === undefined || score in ESTIMATED) return;
  throw new OptionError(
    say`${asked} needs a score that the neighbours of a sentence have, too: ${Object.keys(ESTIMATED).join(", ")}; not ${score}.`,
    {
      advice: say`Pass ${option("score", "ratio")} and ${option("add", score)}, or give ${option("threshold")} a number.`,
    },
  );
}
