import { closing } from "../../flow/closing.js";
import { holdLines } from "../../read/hold-lines.js";
import { numberOf } from "../../steps/pairs/estimate-threshold.js";
import type { RoundSummary } from "../../steps/runs/loop-summary.js";
import { beginLoop, textsKey } from "./begin/begin-loop.js";
import { prepareLoop } from "./begin/prepare-loop.js";
import { readTexts } from "./begin/read-texts.js";
import { finishLoop } from "./folder/finish-loop.js";
import { openLoopFolder } from "./folder/open-folder.js";
import { publish } from "./folder/publish.js";
import { layOut, wayToLast } from "./folder/stages.js";
import type { Loop, Round } from "./loop.js";
import { type CrissOptions, settleCriss } from "./options.js";
import { type CrissTexts, planCriss } from "./plan.js";
import { BestRound } from "./rounds/best-round.js";
import { describeNothing } from "./rounds/describe-nothing.js";
import { EncoderGone, forgetGone } from "./rounds/encoder-gone.js";
import { dropEncoder, encoderStage } from "./rounds/encoder-stage.js";
import { findRound } from "./rounds/find-round.js";
import { noPairs } from "./rounds/no-pairs.js";
import { takeLesson } from "./rounds/take-lesson.js";

/**
 * Mines, learns from what it mined, and mines again: cross-lingual retrieval for iterative self-supervised training
 * (Tran, Tang, Li & Gu 2020), from monolingual texts alone.
 *
 * Gives each round's figures as soon as it has mined. Each round's pairs train a new encoder from the start, which
 * mines the next round. Everything lies in the run folder: the same texts and options go on where they were
 * interrupted, and end with the same bytes. Nothing starts before the first round is asked for.
 *
 * @throws OptionError, InputError, ModelError, OutputError; TrainingError if a round finds no pairs to train on; the
 * signal's reason when it aborts
 */
export function criss(
  given: CrissTexts,
  crissOptions: CrissOptions,
): AsyncGenerator<RoundSummary, void, undefined> {
  for (const text of [given].flat().flatMap((texts) => Object.values(texts ?? {}))) holdLines(text);
  return runLoop(given, crissOptions);
}

async function* runLoop(
  given: CrissTexts,
  crissOptions: CrissOptions,
): AsyncGenerator<RoundSummary, void, undefined> {
  const options = settleCriss(crissOptions);
  const plan = planCriss(given, options.pivots);
  const means = await prepareLoop(plan, options);
  await using run = await openLoopFolder(plan, options);
  const stages = layOut(plan, 0, options.rounds);
  // The rounds of a continued loop stay as they are, even if texts or start change.
  if (!options.continue) run.follow(wayToLast(stages));
  const texts = await readTexts({ options, plan, run, stages });
  using _texts = closing(texts);
  const { loop, round } = await beginLoop({ options, plan, run, stages, texts, ...means });
  run.follow(wayToLast(loop.stages));
  let next = round.number;
  for (let done = false; !done; )
    try {
      for await (const summary of runRounds(loop, round))
        if (summary.round >= next) {
          next = summary.round + 1;
          yield summary;
        }
      done = true;
    } catch (error) {
      if (!(error instanceof EncoderGone)) throw error;
      await forgetGone(loop, error);
    }
}

async function* runRounds(loop: Loop, first: Round): AsyncGenerator<RoundSummary, void, undefined> {
  const { run, last, options } = loop;
  const done: RoundSummary[] = [];
  let best: BestRound | undefined;
  for (let round = first; ; ) {
    const { mined, pairs } = await findRound(loop, round);
    const { number, summary } = mined;
    done.push(summary);
    best ??= new BestRound(mined);
    const worse = best.offer(mined);
    const hasStopped = number - best.round.number >= options.patience;
    const isEnd = number === last || hasStopped;
    if (best.learned < 0.5) options.onEvent(describeNothing(summary, best.learned, isEnd));

    if (isEnd) {
      await publish(loop, best.round);
      if (worse && worse !== mined) await dropEncoder(loop, worse.number);
      const end = { rounds: number, best: best.round.number, stopped: hasStopped && number < last };
      await finishLoop(loop, { ...end, texts: textsKey(loop) });
      yield summary;
      options.onSummary?.({ ...end, rounds: done, pairs: countPairs(best.round.summary) });
      return;
    }
    const { bitext, remembered } = await takeLesson(loop, pairs);
    const training = encoderStage(loop, round, bitext);
    // A resumed loop publishes nothing until it is back where it was.
    if (!run.isDone(training)) await publish(loop, best.round);
    yield summary;
    if (bitext.groups.length === 0) throw noPairs(summary, numberOf(options.threshold));
    const encoder = await run.keep(training);
    if (worse) await dropEncoder(loop, worse.number);
    round = { number: number + 1, encoder, before: remembered };
  }
}

function countPairs({ pairs }: RoundSummary): number {
  return Object.values(pairs).reduce((sum, { found }) => sum + found, 0);
}
