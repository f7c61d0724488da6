import { join } from "node:path";
import { askedFor } from "../../../steps/pairs/estimate-threshold.js";
import type { RoundSummary } from "../../../steps/runs/loop-summary.js";
import { readCandidates } from "../../../store/corpus/candidate-files.js";
import type { Key } from "../../../store/run/manifest.js";
import { option, say, warning } from "../../../wording.js";
import type { Loop, Round } from "../loop.js";
import type { SettledCriss } from "../options.js";
import { type ChosenPairs, chooseRound } from "./choose-round.js";
import { evaluateRound } from "./evaluate-round.js";
import { measurePairs, summariseRound } from "./figures.js";
import { mineRound } from "./mine-round.js";
import { pairsStage } from "./pairs-stage.js";
import { type RoundPairs, withoutCandidates } from "./round-pairs.js";

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
): Promise<{ mined: MinedRound; pairs: RoundPairs[] }> {
  const { run, stages, plan, texts, gold, options } = loop;
  const found = await mineRound(loop, round, (neighbours, i) => {
    const { name, source, target } = plan.pairs[i];
    const sides = { source: texts[source].texts, target: texts[target].texts };
    const chosen = chooseRound(neighbours, sides, {
      ...options,
      round: round.number,
      taught: round.before?.[i].taught,
      learned: round.encoder.learned?.[name],
    });
    warnOfUnknown(chosen, `Round ${round.number}, ${name}`, options);
    const before = { before: round.before?.[i], learned: round.encoder.learned?.[name] };
    const { folder } = stages.rounds[round.number].candidates[i];
    const readAgain = async () => (await readCandidates(join(run.path, folder))).candidates;
    return {
      figures: measurePairs(chosen, gold[i], before),
      pairs: withoutCandidates(chosen, readAgain),
    };
  });
  const pairs = found.map((one) => one.pairs);
  const tatoeba = loop.tatoeba && (await evaluateRound(loop, round, loop.tatoeba));
  const figures = found.map((one) => one.figures);
  const summary = summariseRound(loop, round, { figures, tatoeba });
  const stage = pairsStage(loop, summary, pairs);
  await run.keep(stage);
  return { mined: { ...round, summary, pairs: stage.key }, pairs };
}

/** Says that a margin could not be estimated. */
function warnOfUnknown({ unknown }: ChosenPairs, where: string, { onEvent, ...options }: SettledCriss): void {
  const asked = askedFor(options);
  if (unknown === undefined || asked === undefined) return;
  onEvent(
    warning(
      say`${where}: ${asked} finds no threshold: ${unknown}. It trains on its best pairs by the default ${option("quantile")}.`,
    ),
  );
}
