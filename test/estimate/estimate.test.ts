import test from "ava";
import { choosePoint } from "../../src/estimate/choose-point.js";
import { chanceByScore, estimatePrecision } from "../../src/estimate/estimate-precision.js";
import { type SampledPairs, sampleRanks } from "../../src/estimate/sampled-pairs.js";
import { shareByLonely, tellingSides } from "../../src/estimate/share-of-right.js";
import { untoldOf } from "../../src/estimate/untold.js";
import type { PrecisionEstimate } from "../../src/types/estimate.js";
import { randomNumbers } from "../random.js";

const LONELY = { source: 0, target: 0 };

/** Scores of right pairs about `mean`, of wrong ones about 1.05, and what the right ones would have got instead. */
function drawPairs({ right, wrong, mean }: { right: number; wrong: number; mean: number }, seed = 1) {
  const next = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const wrongScore = () => 1.05 + 0.07 * normal();
  const pairs = [
    ...Array.from({ length: right }, () => ({ score: mean + 0.12 * normal(), isRight: true })),
    ...Array.from({ length: wrong }, () => ({ score: wrongScore(), isRight: false })),
  ].sort((a, b) => b.score - a.score);
  const decoys = { source: Float64Array.from(pairs, () => wrongScore()) };
  return {
    pairs,
    sample: { scores: Float64Array.from(pairs, ({ score }) => score), decoys, lonely: LONELY },
  };
}

function pointsOf(estimate: PrecisionEstimate) {
  if ("unknown" in estimate) throw new Error(estimate.unknown);
  return estimate.points;
}

for (const drawn of [
  { right: 150, wrong: 450, mean: 1.45 },
  { right: 300, wrong: 100, mean: 1.35 },
  { right: 60, wrong: 540, mean: 1.5 },
])
  test(`of ${drawn.right} right and ${drawn.wrong} wrong pairs precision and recall are estimated nearly as they are`, (t) => {
    const { pairs, sample } = drawPairs(drawn);
    for (const { threshold, pairs: kept, precision, low, high, recall } of pointsOf(
      estimatePrecision(sample, sample.scores),
    )) {
      const above = pairs.filter(({ score }) => score >= threshold);
      const right = above.filter(({ isRight }) => isRight).length;
      t.is(kept, above.length);
      if (kept < 50) continue;
      t.true(Math.abs(precision - right / kept) < 0.1, `${precision} for ${right / kept} at ${threshold}`);
      t.true(Math.abs(recall - right / drawn.right) < 0.1);
      t.true(low <= precision && precision <= high);
    }
  });

test("a threshold is told as a short decimal that keeps the same pairs", (t) => {
  const { sample } = drawPairs({ right: 60, wrong: 60, mean: 1.45 });
  const { scores } = sample;
  for (const { threshold, pairs } of pointsOf(estimatePrecision(sample, scores))) {
    t.true(scores[pairs - 1] >= threshold && !(scores[pairs] >= threshold), String(threshold));
    t.true(String(threshold).length < String(scores[pairs - 1]).length);
  }
});

test("a threshold is that of the best F1, or the lowest that keeps a precision", (t) => {
  const point = (threshold: number, precision: number, recall: number) => ({
    ...{ threshold, precision, recall },
    ...{ pairs: 10, low: precision, high: precision },
  });
  const estimate = { points: [point(1.5, 0.98, 0.4), point(1.3, 0.9, 0.8), point(1.1, 0.5, 1)] };
  t.deepEqual(choosePoint(estimate, { by: "f1" }), { point: estimate.points[1] });
  t.deepEqual(choosePoint(estimate, { by: "precision", least: 0.9 }), { point: estimate.points[1] });
  t.deepEqual(choosePoint(estimate, { by: "precision", least: 0.99 }), {
    unknown: "even from 1.5 up only about 98 % of the pairs are right",
  });
  t.deepEqual(choosePoint({ points: [point(1.5, 0.9997, 0.4)] }, { by: "precision", least: 1 }), {
    unknown: "even from 1.5 up only about 99.9 % of the pairs are right",
  });
});

test("a precision is kept by the lowest threshold whose interval says enough, or by none", (t) => {
  const point = (threshold: number, precision: number, low: number) => ({
    ...{ threshold, precision, low, high: 1 },
    ...{ pairs: 10, recall: 0.5 },
  });
  const points = [point(1.6, 0.98, 0.9), point(1.5, 0.8, 0.5), point(1.3, 0.67, 0.01)];
  t.deepEqual(choosePoint({ points }, { by: "precision", least: 0.5 }), { point: points[1] });
  t.deepEqual(choosePoint({ points: points.slice(2) }, { by: "precision", least: 0.5 }), {
    unknown:
      "right and wrong pairs look alike: at 1.3 about 67 % are right, and it may be anything from 1 % to 100 %",
  });
});

test("where right and wrong pairs look alike, no threshold is chosen", (t) => {
  const { sample } = drawPairs({ right: 10, wrong: 390, mean: 1.07 });
  const found = choosePoint(estimatePrecision(sample, sample.scores), { by: "f1" });
  t.regex("unknown" in found ? found.unknown : JSON.stringify(found), /look alike/);
});

/** Right pairs; pairs that were mined and are wrong, and score as decoys do; and pairs that score as strangers do. */
function drawGiven({ right, mined, strange }: { right: number; mined: number; strange: number }) {
  const next = randomNumbers(2);
  const about = (middle: number) => middle + 0.3 * (next() + next() - 1);
  const scores = [
    ...Array.from({ length: right }, () => about(1.8)),
    ...Array.from({ length: mined }, () => about(1.2)),
    ...Array.from({ length: strange }, () => about(0)),
  ].sort((a, b) => b - a);
  return {
    scores: Float64Array.from(scores),
    decoys: { source: Float64Array.from(scores, () => about(1.2)) },
    strangers: Float64Array.from(scores, () => about(0)),
    lonely: LONELY,
  };
}

test("what scores as strangers do is wrong; of what they leave decoys tell which is right, if enough is left", (t) => {
  const precisionOf = (drawn: { right: number; mined: number; strange: number }) => {
    const sample = drawGiven(drawn);
    const kept = drawn.right + drawn.mined;
    return pointsOf(estimatePrecision(sample, sample.scores)).find(({ pairs }) => pairs >= kept)!.precision;
  };
  const many = precisionOf({ right: 100, mined: 100, strange: 200 });
  t.true(Math.abs(many - 0.5) < 0.05, `${many}`);
  const few = drawGiven({ right: 20, mined: 20, strange: 200 });
  const estimate = estimatePrecision(few, few.scores);
  t.regex(
    "unknown" in estimate ? estimate.unknown : "",
    /^too few of the pairs, about 4\d of 240, score otherwise/,
  );
});

test("of pairs that score no better than strangers nothing is told", (t) => {
  const sample = drawGiven({ right: 0, mined: 0, strange: 300 });
  t.deepEqual(estimatePrecision(sample, sample.scores), {
    unknown: "the pairs score as sentences do that have nothing to do with each other",
  });
});

test("of few pairs, of equal scores and without decoys nothing is told", (t) => {
  const unknown = (scores: number[], decoys: number[]) => {
    const values = Float64Array.from(scores);
    const sample = { scores: values, decoys: { source: Float64Array.from(decoys) }, lonely: LONELY };
    const estimate = estimatePrecision(sample, values);
    return "unknown" in estimate ? estimate.unknown : undefined;
  };
  const fall = Array.from({ length: 60 }, (_, i) => 2 - i / 100);
  t.is(unknown([1.2], [1]), "of only 1 pair nothing can be told; it takes 50");
  t.is(
    unknown(
      fall.map(() => 1.2),
      fall,
    ),
    "all scores are the same",
  );
  t.regex(
    unknown(
      fall,
      fall.map(() => Number.NaN),
    ) ?? "",
    /^only 0 sentences would have another partner/,
  );
  t.is(unknown(fall, [1]), "only 1 sentence would have another partner without its own, and 20 are needed");
});

test("what is known of pairs that an encoder was trained on counts in place of their scores, and tells nothing of others", (t) => {
  const { sample } = drawPairs({ right: 150, wrong: 450, mean: 1.45 });
  const untold = pointsOf(estimatePrecision(sample, sample.scores));
  const known = Float64Array.from({ length: 700 }, (_, i) => (i < 100 ? 0.3 : Number.NaN));
  const trained = Float64Array.from({ length: 100 }, (_, i) => 9 - i / 1000);
  const none = new Float64Array(100).fill(Number.NaN);
  const scores = Float64Array.from([...trained, ...sample.scores]);
  const decoys = { source: Float64Array.from([...none, ...sample.decoys.source]) };
  const both = pointsOf(estimatePrecision({ scores, decoys, lonely: LONELY, known }, scores));
  t.true(Math.abs(both[0].precision - 0.3) < 1e-12);
  const last = (0.3 * 100 + untold.at(-1)!.precision * 600) / 700;
  t.true(Math.abs(both.at(-1)!.precision - last) < 1e-12);
  const chance = chanceByScore({ scores, decoys, lonely: LONELY, known })!;
  for (const score of [1, 1.2, 1.4, 1.6]) t.is(chance(score), chanceByScore(sample)!(score));
});

test("where nearly all is known, scores tell of all pairs, and what is known of them stays", (t) => {
  const { sample } = drawPairs({ right: 150, wrong: 450, mean: 1.45 });
  const known = Float64Array.from(sample.scores, (_, i) => (i < 560 ? 0.3 : Number.NaN));
  const points = pointsOf(estimatePrecision({ ...sample, known }, sample.scores));
  t.true(Math.abs(points.findLast(({ pairs }) => pairs <= 560)!.precision - 0.3) < 1e-12);
  t.true(points.at(-1)!.precision < 0.3);
  t.is(chanceByScore({ ...sample, known })!(1.6), chanceByScore(sample)!(1.6));
});

test("only pairs of which nothing is known before are told apart, and sentences without a pair tell nothing of them", (t) => {
  const scores = Float64Array.from({ length: 200 }, (_, i) => 2 - i / 200);
  const known = Float64Array.from(scores, (_, i) => (i < 100 ? 0.9 : Number.NaN));
  const { pairs, places } = untoldOf({ scores, decoys: {}, lonely: { source: 0.5, target: 0.25 }, known });
  t.deepEqual(pairs.lonely, LONELY);
  t.deepEqual([pairs.scores.length, places[0], places.at(-1)], [100, 100, 199]);
});

test("sentences without a pair tell how many have a wrong one, and how sure that is", (t) => {
  // 100 sentences have no translation: at a rate of 0.6 that leaves 40 of them alone beside 60 wrong pairs and 40 right ones.
  const lonely = { source: 0.4, target: 0.5 };
  const told = shareByLonely({ lonely }, { source: 0.6, target: 0.2 }, 40)!;
  t.true(Math.abs(told.share - 0.4) < 1e-12);
  // A rate of 0.6 that 40 tell has an error of sqrt(0.6 * 0.4 / 40), and 0.4 / (1 - 0.6)^2 = 2.5.
  t.true(Math.abs(told.error - 2.5 * Math.sqrt(0.006)) < 1e-12);
  // Two sides of 40 each tell the mean of two rates: half the variance.
  const both = shareByLonely({ lonely: { source: 0.4, target: 0.4 } }, { source: 0.6, target: 0.6 }, 40)!;
  t.true(Math.abs(both.error - 2.5 * Math.sqrt(0.003)) < 1e-12);
  t.is(shareByLonely({ lonely: LONELY }, { source: 0.6 }, 40), undefined);
  // Of a side that is far larger than the other, sentences are left alone since the other is used up.
  t.is(shareByLonely({ lonely: { source: 0.4, target: 0.7 } }, { source: 0.6 }, 40), undefined);
  t.deepEqual(tellingSides({ source: 0.8, target: 0.3 }), ["source"]);
  t.deepEqual(tellingSides({ source: 0.6, target: 0.5 }), ["source", "target"]);
});

/** Pairs of which so many decoys are missing at random, and sentences without a pair beside them. */
function drawLonely(drawn: { right: number; wrong: number; mean: number }, lonely: number) {
  const { sample } = drawPairs(drawn);
  const next = randomNumbers(3);
  const source = sample.decoys.source.map((decoy) => (next() < 0.4 ? Number.NaN : decoy));
  const beside = (alone: number) => ({
    ...sample,
    decoys: { source },
    lonely: { source: alone, target: alone },
  });
  return { without: beside(0), beside: beside(lonely) };
}

function shareOfAll(sample: SampledPairs): number {
  return pointsOf(estimatePrecision(sample, sample.scores)).at(-1)!.precision;
}

test("sentences without a pair move the estimate where many pairs are right, and not where few are", (t) => {
  // 0.3 sentences alone a pair at a rate of 0.6 say that 1 - 0.3 * 0.6 / 0.4 = 0.55 is right; of 750 pairs 300 are.
  const many = drawLonely({ right: 300, wrong: 450, mean: 1.3 }, 0.3);
  const [before, after] = [shareOfAll(many.without), shareOfAll(many.beside)];
  t.true(after > before + 0.01, `${after} after ${before}`);
  const few = drawLonely({ right: 30, wrong: 570, mean: 1.5 }, 0.4);
  t.is(shareOfAll(few.beside), shareOfAll(few.without));
  t.true(shareOfAll(few.beside) < 0.1);
});

test("pairs that stand for all are drawn evenly by rank", (t) => {
  t.deepEqual([...sampleRanks(3)], [0, 1, 2]);
  const ranks = sampleRanks(3 * 4096);
  t.is(ranks.length, 4096);
  t.deepEqual([...ranks.subarray(0, 3)], [1, 4, 7]);
});
