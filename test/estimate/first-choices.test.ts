import test from "ava";
import { estimatePrecision } from "../../src/estimate/estimate-precision.js";
import type { SampledPairs } from "../../src/estimate/sampled-pairs.js";
import { orderKinds, tellKinds } from "../../src/estimate/tell-kinds.js";
import { untoldOf } from "../../src/estimate/untold.js";
import { randomNumbers } from "../random.js";

const RIGHT = 300;
const WRONG = 400;

/**
 * Right pairs, nearly all of them each other's first choice, and wrong pairs that score nearly as high: `firsts` of these
 * and of decoys are.
 */
function drawPairs(seed: number, firsts = 0.25) {
  const next = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const isFirst = (share: number) => (next() < share ? 1 : 0);
  const wrong = () => ({ score: 1.1 + 0.07 * normal(), first: isFirst(firsts), isRight: false });
  const pairs = [
    ...Array.from({ length: RIGHT }, () => ({
      ...{ score: 1.2 + 0.12 * normal(), first: isFirst(0.97) },
      isRight: true,
    })),
    ...Array.from({ length: WRONG }, wrong),
  ].sort((a, b) => b.score - a.score);
  const decoys = pairs.map(wrong);
  const scores = Float64Array.from(pairs, ({ score }) => score);
  const sample: SampledPairs = {
    ...{ scores, lonely: { source: 0, target: 0 } },
    decoys: { source: Float64Array.from(decoys, ({ score }) => score) },
    mutual: {
      pairs: Uint8Array.from(pairs, ({ first }) => first),
      source: Uint8Array.from(decoys, ({ first }) => first),
      target: new Uint8Array(pairs.length),
    },
  };
  return { pairs, sample };
}

function tell(sample: SampledPairs) {
  return tellKinds(orderKinds(sample), new Float64Array(sample.scores.length).fill(1));
}

/** How far the share that is told of the highest pairs, 50 of them or more, is off where it is off most. */
function worstError({ pairs }: ReturnType<typeof drawPairs>, sample: SampledPairs): number {
  const { chances } = tell(sample);
  let [told, right, worst] = [0, 0, 0];
  for (const [i, { isRight }] of pairs.entries()) {
    told += chances[i];
    right += isRight ? 1 : 0;
    if (i >= 50) worst = Math.max(worst, Math.abs(told - right) / (i + 1));
  }
  return worst;
}

test("who chose whom first tells right pairs from wrong ones that score alike", (t) => {
  const drawn = [1, 2, 3, 4, 5, 6].map((seed) => drawPairs(seed));
  const mean = (of: (one: ReturnType<typeof drawPairs>) => number) =>
    drawn.reduce((sum, one) => sum + of(one), 0) / drawn.length;
  const choices = mean((one) => worstError(one, one.sample));
  const scores = mean((one) => worstError(one, { ...one.sample, mutual: undefined }));
  t.true(choices < 0.85 * scores, `${choices}, by scores alone ${scores}`);
});

test("of two pairs with the same score the one is likelier right whose sentences are each other's first choice", (t) => {
  const { sample } = drawPairs(1);
  const { chances } = tell(sample).kinds[0].ways[1].settled;
  const of = (first: number) =>
    sample.scores.findIndex((score, i) => score < 1.2 && sample.mutual?.pairs[i] === first);
  t.true(chances[of(1)] > 2 * chances[of(0)], `${chances[of(1)]} and ${chances[of(0)]}`);
});

test("what scores and sentences left alone tell, and what choices tell, counts alike; the interval holds both", (t) => {
  const { sample } = drawPairs(1);
  const { chances, ways } = tell(sample);
  const share = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  t.is(ways.length, 2);
  t.true(Math.abs(share(chances) - (share(ways[0]) + share(ways[1])) / 2) < 1e-12);
  t.true(Math.abs(share(ways[0]) - share(ways[1])) > 0.1);
  const estimate = estimatePrecision(sample, sample.scores);
  const { low, high } = "points" in estimate ? estimate.points.at(-1)! : { low: 1, high: 0 };
  for (const way of ways) t.true(low <= share(way) && share(way) <= high, `${low} ${share(way)} ${high}`);
});

test("where hardly a decoy is a first choice, choices tell nothing", (t) => {
  const { sample } = drawPairs(1, 0.01);
  t.deepEqual(tell(sample).chances, tell({ ...sample, mutual: undefined }).chances);
});

test("of pairs of which something is known, choices are left out with the rest", (t) => {
  const { sample } = drawPairs(1);
  const known = Float64Array.from(sample.scores, (_, i) => (i % 2 === 0 ? 0.5 : Number.NaN));
  const { pairs, places } = untoldOf({ ...sample, known });
  t.deepEqual(
    [...pairs.mutual!.pairs],
    Array.from(places, (place) => sample.mutual!.pairs[place]),
  );
  t.deepEqual(
    [...pairs.mutual!.source],
    Array.from(places, (place) => sample.mutual!.source[place]),
  );
  t.is(pairs.mutual!.target.length, places.length);
});
