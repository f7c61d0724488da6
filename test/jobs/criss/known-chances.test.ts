import test from "ava";
import { chanceByScore } from "../../../src/estimate/estimate-precision.js";
import { chancesOf, knownChances, raiseChances } from "../../../src/jobs/criss/rounds/known-chances.js";
import { candidatesOf } from "../../candidates.js";

const CANDIDATES = candidatesOf(
  [
    [0, 1, 0.9, 1, 1],
    [0, 2, 0.8, 2, 1],
    [1, 1, 0.7, 1, 2],
  ],
  { sources: 3, targets: 3, k: 2 },
);

const TAUGHT = { sources: Uint32Array.of(0, 2), targets: Uint32Array.of(1, 0) };

test("a pair that the encoder was trained on keeps what was known of it, and no pair of its sentences with others does", (t) => {
  const known = knownChances(CANDIDATES, { ...TAUGHT, chances: Float32Array.of(0.25, 0.9) })!;
  const told = new Map<string, number>();
  for (const [i, source] of CANDIDATES.source.entries())
    told.set(`${source} ${CANDIDATES.target[i]}`, known(i));
  t.is(told.get("0 1"), 0.25);
  t.is(told.get("0 2"), Number.NaN);
  t.is(told.get("1 1"), Number.NaN);
});

test("where nothing could be told of what the encoder was trained on, nothing is known", (t) => {
  t.is(knownChances(CANDIDATES, undefined), undefined);
  t.is(knownChances(CANDIDATES, TAUGHT), undefined);
});

test("held-out pairs that an encoder finds say how many of those are right at least that it was trained on", (t) => {
  const known = { ...TAUGHT, chances: Float32Array.of(0.25, 0.75) };
  // Of 32 pairs 24 were found: at least 0.579 are right, by Wilson's interval. The half that is wrong becomes 0.421.
  const { chances } = raiseChances(known, { pairs: 32, found: 0.75, nearer: 0.9 });
  const share = 0.421 / 0.5;
  for (const [i, wrong] of [0.75, 0.25].entries())
    t.true(Math.abs(chances![i] - (1 - wrong * share)) < 1e-3, `${chances}`);
  t.deepEqual(raiseChances(known, { pairs: 32, found: 0.5, nearer: 0.9 }), known);
  t.deepEqual(raiseChances(known, undefined), known);
  t.deepEqual(raiseChances(TAUGHT, { pairs: 32, found: 1, nearer: 1 }), TAUGHT);
});

test("of a pair of which nothing is known its score tells, where so many pairs can be told apart", (t) => {
  const scores = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 2 - i / 1000 : 1.1 - i / 1000));
  const decoys = { source: Float64Array.from(scores, (_, i) => 1.1 - ((i * 7) % 100) / 1000) };
  const sample = { scores, decoys, lonely: { source: 0, target: 0 } };
  const known = (candidate: number) => (candidate === 0 ? 0.25 : Number.NaN);
  const chances = chancesOf(Uint32Array.of(0, 1, 99), { scores, byScore: chanceByScore(sample), known })!;
  t.is(chances[0], 0.25);
  t.true(chances[1] > 0.9 && chances[2] < 0.1, `${chances}`);
  const few = { ...sample, scores: scores.subarray(0, 49) };
  t.is(chancesOf(Uint32Array.of(0), { scores, byScore: chanceByScore(few), known }), undefined);
});
