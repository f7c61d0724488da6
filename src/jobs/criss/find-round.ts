import type { Side } from "../../steps/texts/side.js";
import type { Key } from "../../store/run/manifest.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import { type ChosenPairs, chooseRound } from "./choose-round.js";
import { evaluateRound, type TatoebaSet } from "./evaluate-round.js";
import type { KnownEncoder } from "./known-encoder.js";
import type { LoopGold } from "./loop-gold.js";
import { type MineRoundOptions, mineRound } from "./mine-round.js";
import { STAGES, stagesFrom } from "./names.js";
import { pairsStage } from "./pairs-stage.js";
import type { Plan } from "./plan.js";
import { type RoundBefore, summariseRound } from "./round-figures.js";
import type { RoundSummary } from "./summary.js";
import type { TrainingChoice } from "./training-choice.js";

/** What stays the same in all rounds of a loop. */
export interface Loop {
  run: RunFolder;
  plan: Plan;
  texts: readonly Side[];
  /** What the rounds are measured by, of each pair of languages. */
  gold: readonly (LoopGold | undefined)[];
  tatoeba?: TatoebaSet;
}

export interface FoundRound {
  summary: RoundSummary;
  chosen: ChosenPairs[];
  /** Tells the round's files of pairs from any others. */
  pairs: Key;
}

/** Mines a round with its encoder, chooses its pairs, measures both, and keeps them. */
export async function findRound(
  round: number,
  { run, plan, texts, gold, tatoeba }: Loop,
  { encoder, before }: { encoder: KnownEncoder; before?: RoundBefore },
  options: MineRoundOptions & TrainingChoice,
): Promise<FoundRound> {
  const found = await mineRound(round, plan, texts, encoder, run, options);
  const chosen = found.map((pairs, i) => {
    const { source, target } = plan.pairs[i];
    const sides = { source: texts[source].texts, target: texts[target].texts };
    return chooseRound(pairs, sides, round, options);
  });
  const accuracy = tatoeba && (await evaluateRound(round, tatoeba, encoder, run, options));
  const summary = summariseRound(plan, texts, gold, { round, chosen, before, tatoeba: accuracy });
  const feeds = [STAGES.encoder(round), ...stagesFrom(round + 1, run.done)];
  const pairs = pairsStage(summary, plan, texts, chosen, feeds);
  await run.keep(pairs);
  return { summary, chosen, pairs: pairs.key };
}
