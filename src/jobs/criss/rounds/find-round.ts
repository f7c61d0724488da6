import type { RoundSummary } from "../../../steps/runs/loop-summary.js";
import type { Key } from "../../../store/run/manifest.js";
import type { Loop, Round } from "../loop.js";
import { type ChosenPairs, chooseRound } from "./choose-round.js";
import { evaluateRound } from "./evaluate-round.js";
import { summariseRound } from "./figures.js";
import { mineRound } from "./mine-round.js";
import { pairsStage } from "./pairs-stage.js";

/** A round whose pairs are there. */
export interface MinedRound extends Round {
  summary: RoundSummary;
  /** Tells its files of pairs from any others. */
  pairs: Key;
}

/** Mines a round with its encoder, chooses its pairs, measures both, and keeps them. */
export async function findRound(
  loop: Loop,
  round: Round,
): Promise<{ mined: MinedRound; chosen: ChosenPairs[] }> {
  const found = await mineRound(loop, round);
  const chosen = found.map((neighbours, i) => {
    const { source, target } = loop.plan.pairs[i];
    const sides = { source: loop.texts[source].texts, target: loop.texts[target].texts };
    return chooseRound(neighbours, sides, { ...loop.options, round: round.number });
  });
  const tatoeba = loop.tatoeba && (await evaluateRound(loop, round, loop.tatoeba));
  const summary = summariseRound(loop, round, { chosen, tatoeba });
  const stage = pairsStage(loop, summary, chosen);
  await loop.run.keep(stage);
  return { mined: { ...round, summary, pairs: stage.key }, chosen };
}
