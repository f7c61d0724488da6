import { holdOut } from "../../../train/held-out.js";
import type { Loop, RoundBefore } from "../loop.js";
import { type Bitext, gatherBitext } from "./bitext.js";
import type { ChosenPairs } from "./choose-round.js";
import { rememberRound } from "./figures.js";

/** Holds out some of a round's best pairs, to validate the next encoder with, and gathers the others to train it on. */
export function takeLesson(
  loop: Loop,
  chosen: readonly ChosenPairs[],
): { bitext: Bitext; remembered: RoundBefore } {
  const { validation, seed } = loop.options;
  const splits = chosen.map(({ training }, i) => holdOut(training.length, { validation, seed, group: i }));
  return { bitext: gatherBitext(loop, chosen, splits), remembered: rememberRound(chosen, splits) };
}
