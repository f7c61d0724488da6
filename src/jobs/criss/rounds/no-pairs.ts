import { TrainingError } from "../../../errors.js";
import type { RoundSummary } from "../../../steps/runs/loop-summary.js";
import { option, say } from "../../../wording.js";

/** Says that a round found nothing to train on, with its figures and what may help. */
export function noPairs({ round, pairs }: RoundSummary, threshold?: number): TrainingError {
  const figures = Object.entries(pairs).map(([name, { sentences, found, training, mutual }]) => {
    const share = `${(100 * mutual).toFixed(1)} % of the sources with a choice are chosen by it`;
    return `${name}: ${sentences.source} and ${sentences.target} sentences, ${share}, ${found} pairs found, ${training} to train on`;
  });
  const advice =
    threshold === undefined
      ? say`Give more text, or start from another ${option("encoder")}.`
      : say`Lower ${option("threshold")} (${threshold}), or leave it out: then a share of the pairs is taken, whatever their margins.`;
  return new TrainingError(`Round ${round} found fewer than two pairs to train on. ${figures.join("; ")}.`, {
    advice,
  });
}
