import test from "ava";
import type { RoundSummary } from "../../../../src/index.js";
import { BestRound } from "../../../../src/jobs/criss/rounds/best-round.js";
import type { MinedRound } from "../../../../src/jobs/criss/rounds/find-round.js";
import { countTraining } from "../../../../src/jobs/criss/rounds/training-choice.js";

/** A round whose encoder was judged by 100 pairs. */
function judged(number: number, mean: Partial<RoundSummary["mean"]> = {}): MinedRound {
  const pair = { ...mean, heldOut: mean.validation === undefined ? undefined : 100 };
  return { number, summary: { round: number, pairs: { "bam-en": pair }, mean } } as unknown as MinedRound;
}

function bestOf(...rounds: MinedRound[]): number {
  const best = new BestRound(rounds[0]);
  for (const round of rounds) best.offer(round);
  return best.round.number;
}

test("the last round is the best while validation does not fall beyond chance", (t) => {
  const start = judged(0);
  t.is(bestOf(start, judged(1, { validation: 0.4 }), judged(2, { validation: 0.5 })), 2);
  // One standard error of 0.38 is √(0.38 · 0.62 / 100) = 0.0485; chance reaches to 0.5 − 1.96 · √2 · 0.0485 = 0.3655.
  t.is(bestOf(start, judged(1, { validation: 0.5 }), judged(2, { validation: 0.38 })), 2);
  // Of 0.36 it reaches to 0.5 − 1.96 · √2 · 0.048 = 0.367.
  t.is(bestOf(start, judged(1, { validation: 0.5 }), judged(2, { validation: 0.36 })), 1);
});

test("a slow decline is measured from the highest validation, not from the last one", (t) => {
  const falling = [0.5, 0.45, 0.4, 0.35].map((validation, i) => judged(i + 1, { validation }));
  t.is(bestOf(judged(0), ...falling), 3);
});

test("a round whose encoder brings fewer than half of the translations nearer is not better than the start", (t) => {
  t.is(bestOf(judged(0), judged(1, { validation: 0.9, nearer: 0.49 })), 0);
  t.is(bestOf(judged(0), judged(1, { validation: 0.1, nearer: 0.5 })), 1);
  // Of both rounds' 200 pairs 0.45: a lucky second round does not tell.
  t.is(
    bestOf(
      judged(0),
      judged(1, { validation: 0.2, nearer: 0.3 }),
      judged(2, { validation: 0.2, nearer: 0.6 }),
    ),
    0,
  );
  t.is(
    bestOf(
      judged(0),
      judged(1, { validation: 0.2, nearer: 0.4 }),
      judged(2, { validation: 0.2, nearer: 0.6 }),
    ),
    2,
  );
});

test("without validation the last round is the best", (t) => {
  t.is(bestOf(judged(0), judged(1), judged(2)), 2);
});

test("each round trains on a twentieth of the pairs more than the one before, from a fifth to seven tenths", (t) => {
  const counts = [0, 1, 5, 10, 11, 40].map((round) => countTraining(1000, { round }));
  t.deepEqual(counts, [200, 250, 450, 700, 700, 700]);
});
