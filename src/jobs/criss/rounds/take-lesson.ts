import { holdOut } from "../../../train/held-out.js";
import type { Loop, RoundBefore } from "../loop.js";
import { type Bitext, gatherBitext } from "./bitext.js";
import { rememberRound } from "./figures.js";
import type { RoundPairs } from "./round-pairs.js";

/** Holds out some of a round's best pairs, to validate the next encoder with, and gathers the others to train it on. */
export async function takeLesson(
  loop: Loop,
  pairs: readonly RoundPairs[],
): Promise<{ bitext: Bitext; remembered: RoundBefore }> {
  const { validation, seed } = loop.options;
  const splits = pairs.map(({ training }, i) =>
    holdOut(training.sources.length, { validation, seed, group: i }),
  );
  return { bitext: await gatherBitext(loop, pairs, splits), remembered: rememberRound(pairs, splits) };
}
