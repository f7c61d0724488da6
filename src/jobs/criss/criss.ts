import { BUILTIN } from "../../embed/builtin.js";
import type { RunFolder } from "../../store/run-folder.js";
import { holdOut } from "../../train/held-out.js";
import type { Side } from "../side.js";
import { gatherBitext } from "./bitext.js";
import { chooseRound } from "./choose-round.js";
import { encoderStage } from "./encoder-stage.js";
import { dropFrozen, freezeStart } from "./freeze-start.js";
import { checkGoldNames, readLoopGold } from "./loop-gold.js";
import { mineRound } from "./mine-round.js";
import { STAGES, stagesFrom } from "./names.js";
import { noPairs } from "./no-pairs.js";
import { finishLoop, openLoop } from "./open-loop.js";
import { type CrissOptions, checkCrissOptions } from "./options.js";
import { pairsStage } from "./pairs-stage.js";
import { type CrissTexts, type Plan, planCriss } from "./plan.js";
import { type MinedRound, publish } from "./publish.js";
import { readTexts } from "./read-texts.js";
import { type RoundBefore, summariseRound } from "./round-figures.js";
import { isBetter } from "./round-order.js";
import { findStart, openLoopStart } from "./start.js";
import type { RoundSummary } from "./summary.js";
import { openTrainer } from "./trainers/open-trainer.js";
import type { Trainer } from "./trainers/trainer.js";

/**
 * Mines, learns from what it mined, and mines again: cross-lingual retrieval for iterative self-supervised training
 * (Tran, Tang, Li & Gu 2020), of texts alone, without a pair known to be true.
 *
 * Gives each round's figures as soon as it has mined. An encoder is trained anew from the start on every round's pairs,
 * and finds those of the next. All that is done lies in the run folder: the same texts and options go on where they
 * were interrupted, and end with the same bytes. Nothing starts before the first round is asked for.
 *
 * @throws OptionError, InputError, ModelError, OutputError; TrainingError if a round finds no pairs to train on; the
 *   signal's reason when it aborts
 */
export async function* criss(
  texts: CrissTexts,
  options: CrissOptions,
): AsyncGenerator<RoundSummary, void, undefined> {
  checkCrissOptions(options);
  const plan = planCriss(texts, options.pivots);
  checkGoldNames(options.gold ?? {}, plan);
  const { encoder: from = BUILTIN } = options;
  const folder = await findStart(options);
  const trainer = openTrainer(from, folder, options);
  if (folder) await trainer.checkStart(from, folder, options);
  const { rounds = DEFAULT_ROUNDS, signal, onEvent = () => {} } = options;
  const run = await openLoop(options.run, plan, rounds, onEvent);
  try {
    const sides = await readTexts(plan.texts, run, { ...options, onEvent });
    try {
      yield* runRounds(run, plan, sides, trainer, { ...options, rounds, signal, onEvent });
    } finally {
      for (const side of sides) side.close();
    }
  } finally {
    await run.close();
  }
}

const DEFAULT_ROUNDS = 3;
const DEFAULT_PATIENCE = 2;

type LoopOptions = CrissOptions & Required<Pick<CrissOptions, "rounds" | "onEvent">>;

async function* runRounds(
  run: RunFolder,
  plan: Plan,
  texts: readonly Side[],
  trainer: Trainer,
  options: LoopOptions,
): AsyncGenerator<RoundSummary, void, undefined> {
  const {
    rounds,
    patience = DEFAULT_PATIENCE,
    k = 4,
    validation = 256,
    seed = 0,
    threads,
    signal,
    onEvent,
  } = options;
  const gold = await readLoopGold(options.gold ?? {}, plan, texts);
  const watch = { signal, onEvent };
  if (!trainer.openLayer) await dropFrozen(plan, run);
  const opened = await openLoopStart(texts, run, options);
  const start = trainer.openLayer
    ? await freezeStart(opened, plan, texts, run, { k, rounds, threads, ...watch })
    : opened;

  const done: RoundSummary[] = [];
  let encoder = start;
  let before: RoundBefore | undefined;
  let best: MinedRound | undefined;
  for (let round = 0; ; round++) {
    const found = await mineRound(round, plan, texts, encoder, run, { k, threads, ...watch });
    const chosen = found.map((pairs) => chooseRound(pairs, round, options));
    const summary = summariseRound(plan, texts, gold, { round, chosen, before });
    await run.keep(
      pairsStage(summary, plan, texts, chosen, [STAGES.encoder(round), ...stagesFrom(round + 1, run.done)]),
    );
    done.push(summary);
    if (!best || isBetter(summary, done[best.round])) best = { round, chosen, encoder };
    yield summary;

    const stopped = round - best.round >= patience;
    if (round === rounds || stopped) {
      await publish(run, best);
      await finishLoop(run, round, best.round, stopped && round < rounds);
      const pairs = best.chosen.reduce((sum, { mutual }) => sum + mutual.length, 0);
      options.onSummary?.({ rounds: done, best: best.round, stopped: stopped && round < rounds, pairs });
      return;
    }
    const splits = chosen.map(({ training }, i) => holdOut(training.length, validation, seed, i));
    const bitext = gatherBitext(plan, texts, chosen, splits);
    const training = encoderStage(round, run, trainer, bitext, start, watch);
    if (!run.isDone(training)) await publish(run, best);
    if (bitext.parts.length === 0) throw noPairs(summary, options.threshold);
    encoder = await run.keep(training);
    before = { chosen, splits };
  }
}
