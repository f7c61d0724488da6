import test from "ava";
import { layOut, wayToLast } from "../../../src/jobs/criss/folder/stages.js";
import type { Plan } from "../../../src/jobs/criss/plan.js";
import { BestRound } from "../../../src/jobs/criss/rounds/best-round.js";
import { gatherBitext } from "../../../src/jobs/criss/rounds/bitext.js";
import type { MinedRound } from "../../../src/jobs/criss/rounds/find-round.js";
import type { RoundPairs } from "../../../src/jobs/criss/rounds/round-pairs.js";
import { teachable } from "../../../src/jobs/criss/rounds/teachable.js";
import { countTraining } from "../../../src/jobs/criss/rounds/training-choice.js";
import type { RoundSummary } from "../../../src/steps/runs/loop-summary.js";
import type { Side } from "../../../src/steps/texts/side.js";
import { madeFrom } from "../../../src/store/run/outline.js";
import { candidatesOf } from "../../candidates.js";

const side = (...texts: string[]) =>
  ({
    texts: { length: texts.length, get: (i: number) => texts[i] },
    textHash: texts.join(),
  }) as unknown as Side;

/** All pairs are to train on. */
const chosen = (...pairs: [source: number, target: number][]) =>
  ({
    training: {
      sources: Uint32Array.from(pairs, ([x]) => x),
      targets: Uint32Array.from(pairs, ([, y]) => y),
    },
    candidates: async () => candidatesOf([], { sources: 5, targets: 5, k: 4 }),
  }) as unknown as RoundPairs;

const split = (training: number[], heldOut: number[]) => ({
  training: Uint32Array.from(training),
  heldOut: Uint32Array.from(heldOut),
});

test("a pair that is held out is not trained on between other languages, or with other punctuation", async (t) => {
  const texts = [
    side("Guten Tag.", "Haus", "Baum", "guten Tag"),
    side("Good day.", "house", "tree", "hut", "good day!"),
    side("Guten Tag!", "Hütte", "Gute Nacht", "Haus"),
  ];
  const plan: Plan = {
    texts: [],
    pairs: [
      { name: "de-en", languages: ["de", "en"], source: 0, target: 1 },
      { name: "en-at", languages: ["en", "at"], source: 1, target: 2 },
    ],
  };
  const pairs = [chosen([0, 0], [1, 1], [2, 2], [3, 4]), chosen([0, 0], [3, 1], [4, 2], [1, 3])];
  const { groups } = await gatherBitext({ plan, texts, seeds: [] }, pairs, [
    split([1, 2, 3], [0]),
    split([0, 1, 2, 3], []),
  ]);
  t.deepEqual(
    groups.map(({ name, training }) => [name, [...training.sources], [...training.targets]]),
    [
      ["de-en", [1, 2], [1, 2]],
      ["en-at", [3, 4, 1], [1, 2, 3]],
    ],
  );
});

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
  // (0.5 · 0.25 + 0.6) / 1.5 = 0.483: a lucky second round does not tell.
  t.is(
    bestOf(
      judged(0),
      judged(1, { validation: 0.2, nearer: 0.25 }),
      judged(2, { validation: 0.2, nearer: 0.6 }),
    ),
    0,
  );
  // (0.5 · 0.35 + 0.6) / 1.5 = 0.517, though as many pairs of the first round would make it 0.475.
  t.is(
    bestOf(
      judged(0),
      judged(1, { validation: 0.2, nearer: 0.35 }),
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

const texts = (...all: string[]) => ({ length: all.length, get: (i: number) => all[i] });

/**
 * Three sources and three targets with k = 2; a rank of 0 is no neighbour.
 *
 * y0 is among the nearest of x0, x1 and x2, each source of at most two targets.
 */
const table = candidatesOf(
  [
    [0, 0, 0.9, 1, 1],
    [1, 0, 0.8, 2, 2],
    [1, 1, 0.7, 1, 1],
    [2, 0, 0.6, 2, 0],
    [2, 2, 0.5, 1, 1],
  ],
  { sources: 3, targets: 3, k: 2 },
);
const MUTUAL = Uint32Array.of(0, 2, 4);
const SIDES = {
  source: texts("ein Haus", "eine Mühle", "ein Turm"),
  target: texts("a house", "a mill", "a tower"),
};

test("a sentence that is among the nearest of more than so many others teaches nothing", (t) => {
  t.deepEqual(teachable(MUTUAL, table, { ...SIDES, hubLimit: 3 }), MUTUAL);
  t.deepEqual(teachable(MUTUAL, table, { ...SIDES, hubLimit: 2 }), Uint32Array.of(2, 4));
});

test("pairs that differ in digits and signs alone, or have no letters, teach nothing", (t) => {
  const sides = {
    source: texts("Windows 95 (beta)", "1918", "Der Turm"),
    target: texts("windows 98: BETA!", "1919", "The tower"),
  };
  t.deepEqual(teachable(MUTUAL, table, { ...sides, hubLimit: 9 }), Uint32Array.of(4));
});

const plan: Plan = {
  texts: ["de", "en", "fr"].map((name) => ({ name, language: name, source: [] })),
  pairs: [
    { name: "de-en", languages: ["de", "en"], source: 0, target: 1 },
    { name: "fr-en", languages: ["fr", "en"], source: 2, target: 1 },
  ],
};

const madeFromText = (first: number, text: number) => {
  const stages = layOut(plan, first, first + 1);
  return madeFrom(stages.texts[text], wayToLast(stages)).map(({ name }) => name);
};

test("a text that changes outdates the neighbours of its sentences, and all that is learned from them", (t) => {
  const { rounds } = layOut(plan, 0, 1);
  t.deepEqual(
    rounds[0].candidates.map(({ from }) => from.map(({ name }) => name)),
    [
      ["text de", "text en", "start with seed pairs", "first round's encoder"],
      ["text fr", "text en", "start with seed pairs", "first round's encoder"],
    ],
  );
  const outdated = madeFromText(0, 2);
  for (const name of ["round 0 candidates of fr-en", "round 0 pairs", "round 0 encoder", "round 1 pairs"])
    t.true(outdated.includes(name), name);
  t.false(outdated.includes("text de"));
});

test("rounds of a loop that is continued are made from nothing that this one reads", (t) => {
  const outdated = madeFromText(2, 0);
  t.true(outdated.includes("round 2 pairs"));
  t.deepEqual(
    outdated.filter((name) => /^round [01] /.test(name)),
    [],
  );
});

test("each stage of a round leaves files of its own, in the folder of the round", (t) => {
  const { vectors, candidates, evaluation, pairs, encoder } = layOut(plan, 0, 1).rounds[1];
  const files = [...vectors, ...candidates, evaluation, pairs, encoder].flatMap((stage) => stage.files);
  t.is(new Set(files).size, files.length);
  t.true(files.every((file) => file.startsWith("rounds/1/")));
});
