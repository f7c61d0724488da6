import { BUILTIN } from "../../embed/builtin.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import { refuseUnusedReading } from "../../steps/texts/check-reading.js";
import { nameText } from "../../steps/texts/text-source.js";
import { holdOut } from "../../train/held-out.js";
import { beginLoop, checkFinished, textsKey } from "./beginning.js";
import { gatherBitext } from "./bitext.js";
import { encoderStage } from "./encoder-stage.js";
import { findTatoebaSet } from "./evaluate-round.js";
import { findRound, type Loop } from "./find-round.js";
import { finishLoop } from "./finish-loop.js";
import { freezeStart } from "./freeze-start.js";
import { checkGoldNames, readLoopGold } from "./loop-gold.js";
import { STAGES } from "./names.js";
import { noPairs } from "./no-pairs.js";
import { openLoop } from "./open-loop.js";
import { type CrissOptions, checkCrissOptions } from "./options.js";
import { type CrissTexts, planCriss } from "./plan.js";
import { type MinedRound, publish } from "./publish.js";
import { readTexts } from "./read-texts.js";
import { type RoundBefore, rememberRound } from "./round-figures.js";
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
  const { read } = options;
  refuseUnusedReading(plan.texts.map(({ name, source }) => nameText(source, name, read)));
  const { encoder: from = BUILTIN } = options;
  const folder = await findStart(options);
  const trainer = await openTrainer(from, folder, options);
  if (folder) await trainer.checkStart(from, folder, options);
  const { rounds = DEFAULT_ROUNDS, evaluateOn, signal, onEvent = () => {} } = options;
  const tatoeba = evaluateOn === undefined ? undefined : await findTatoebaSet(evaluateOn, plan, signal);
  const run = await openLoop(options.run, plan, rounds, onEvent);
  try {
    if (options.continue) checkFinished(run);
    else await run.forget(STAGES.finished, STAGES.continued);
    const sides = await readTexts(plan.texts, run, { ...options, onEvent });
    try {
      const gold = await readLoopGold(options.gold ?? {}, plan, sides);
      const loop = { run, plan, texts: sides, gold, tatoeba };
      yield* runRounds(loop, trainer, { ...options, rounds, onEvent });
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
  loop: Loop,
  trainer: Trainer,
  options: LoopOptions,
): AsyncGenerator<RoundSummary, void, undefined> {
  const {
    rounds,
    patience = DEFAULT_PATIENCE,
    k = DEFAULT_K,
    validation = 256,
    seed = 0,
    onSummary,
  } = options;
  const { run, plan, texts, tatoeba } = loop;
  const opened = await openLoopStart(texts, run, options);
  const start = trainer.openLayer ? await freezeStart(opened, plan, texts, run, { ...options, k }) : opened;
  const beginning = await beginLoop(loop, start, trainer, options);
  const last = beginning.round + rounds;

  const done: RoundSummary[] = [];
  let { encoder } = beginning;
  let before: RoundBefore | undefined;
  let best: BestRound | undefined;
  for (let round = beginning.round; ; round++) {
    const { summary, chosen, pairs } = await findRound(round, loop, { encoder, before }, { ...options, k });
    done.push(summary);
    if (!best || isBetter(summary, best.summary)) best = { round, encoder, pairs, summary };

    const stopped = round - best.round >= patience;
    if (round === last || stopped) {
      await publish(run, best);
      const end = { rounds: round, best: best.round, stopped: stopped && round < last };
      const files = { plan, start, first: beginning.round, evaluated: tatoeba !== undefined };
      await finishLoop(run, files, { ...end, texts: textsKey(plan, texts) });
      yield summary;
      const found = Object.values(best.summary.pairs).reduce((sum, pair) => sum + pair.found, 0);
      onSummary?.({ ...end, rounds: done, pairs: found });
      return;
    }
    const splits = chosen.map(({ training }, i) => holdOut(training.length, { validation, seed, group: i }));
    const bitext = gatherBitext(plan, texts, chosen, splits);
    const training = encoderStage(round, run, trainer, bitext, start, options);
    // A loop that goes on publishes nothing until it is where it was.
    if (!run.isDone(training)) await publish(run, best);
    yield summary;
    if (bitext.parts.length === 0) throw noPairs(summary, options.threshold);
    encoder = await run.keep(training);
    before = rememberRound(chosen, splits);
  }
}

interface BestRound extends MinedRound {
  summary: RoundSummary;
}
