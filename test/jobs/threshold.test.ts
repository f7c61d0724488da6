import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { OptionError } from "../../src/errors.js";
import type { MineOptions } from "../../src/jobs/mine.js";
import { mine } from "../../src/jobs/mine.js";
import type { ScoreSummary } from "../../src/jobs/score/options.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import { type ScorePairsOptions, scorePairs } from "../../src/jobs/score/score-pairs.js";
import { selectRun } from "../../src/jobs/select-run.js";
import type { MineSummary } from "../../src/steps/pairs/mine-summary.js";
import type { ScoredPair } from "../../src/types/pairs.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";
import { tableEncoder } from "./table-encoder.js";

/** 150 pairs of noisy vectors, `de7` and `en7`, and 150 sentences of each side without a translation. */
function drawTexts() {
  const next = randomNumbers(3);
  const draw = () => Array.from({ length: 12 }, () => next() + next() - 1);
  const vectors: Record<string, number[]> = {};
  for (let i = 0; i < 300; i++) {
    vectors[`de${i}`] = draw();
    vectors[`en${i}`] =
      i < 150 ? vectors[`de${i}`].map((value) => value + 0.5 * (next() + next() - 1)) : draw();
  }
  const side = (name: string) => Object.keys(vectors).filter((text) => text.startsWith(name));
  return { source: side("de"), target: side("en"), encoder: tableEncoder(vectors) };
}

const { source, target, encoder } = drawTexts();

async function mineSo(options: MineOptions) {
  const pairs: ScoredPair[] = [];
  let summary: MineSummary | undefined;
  const onSummary = (given: MineSummary) => {
    summary = given;
  };
  for await (const pair of mine(source, target, { encoder, ...options, onSummary })) pairs.push(pair);
  return { pairs, summary: summary! };
}

const isRight = ({ source, target }: ScoredPair) =>
  source.text.slice(2) === target.text.slice(2) && Number(source.text.slice(2)) < 150;

test("auto keeps the pairs from an estimated threshold up, and tells what is right nearly as it is", async (t) => {
  const { pairs, summary } = await mineSo({ threshold: "auto" });
  const { threshold, precision, pairs: told, recall } = summary.estimate!;
  t.is(told, pairs.length);
  t.true(pairs.every(({ score }) => score >= threshold));
  const right = pairs.filter(isRight).length;
  t.true(Math.abs(precision - right / pairs.length) < 0.1, `${precision}, in truth ${right / pairs.length}`);
  t.true(Math.abs(recall - right / 150) < 0.1);
  t.true(right / pairs.length > 0.8 && right > 120);
});

test("a run remembers the threshold that was found, and select finds one for a precision", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { pairs } = await mineSo({ run, threshold: "auto" });
  const again: ScoredPair[] = [];
  for await (const pair of selectRun(run, { threshold: "auto" })) again.push(pair);
  t.deepEqual(again, pairs);
  let summary: MineSummary | undefined;
  const onSummary = (given: MineSummary) => {
    summary = given;
  };
  for await (const _ of selectRun(run, { precision: 0.5, onSummary }));
  const { precision, pairs: kept } = summary!.estimate!;
  t.true(precision >= 0.5 && kept > pairs.length);
});

test("a threshold that cannot be estimated is refused", async (t) => {
  const refused = async (options: MineOptions) =>
    (await t.throwsAsync(mineSo(options), { instanceOf: OptionError }))!;
  t.regex((await refused({ threshold: 1.2, precision: 0.9 })).problem, /exclude each other/);
  t.regex((await refused({ precision: 90 })).problem, /from 0 to 1/);
  t.regex((await refused({ threshold: "auto", retrieval: "all" })).problem, /needs pairs that were chosen/);
  t.regex((await refused({ precision: 0.9999 })).problem, /finds no threshold: even from/);
  const few = mine(source.slice(0, 20), target.slice(0, 20), { encoder, threshold: "auto" });
  await t.throwsAsync(
    async () => {
      for await (const _ of few);
    },
    { message: /of only 20 pairs nothing can be told; it takes 50. Give threshold a number/ },
  );
});

/** A bitext of right pairs, of wrong ones that are near by chance, and of strangers. */
async function drawBitext() {
  const wrong = (await mineSo({})).pairs.filter((pair) => !isRight(pair));
  const pair = (source: string, target: string, right: boolean) => ({ source, target, right });
  return [
    ...Array.from({ length: 100 }, (_, i) => pair(`de${i}`, `en${i}`, true)),
    ...Array.from({ length: 50 }, (_, i) => pair(`de${100 + i}`, `en${100 + ((i + 1) % 50)}`, false)),
    ...wrong.slice(0, 60).map(({ source, target }) => pair(source.text, target.text, false)),
  ];
}

async function scoreSo(
  pairs: { source: string; target: string; right?: boolean }[],
  options: ScorePairsOptions,
) {
  const kept: ((typeof pairs)[number] & { score: number })[] = [];
  let summary: Partial<ScoreSummary> = {};
  const onSummary = (given: Partial<ScoreSummary>) => {
    summary = given;
  };
  for await (const pair of scorePairs(pairs, { encoder, ...options, onSummary })) kept.push(pair);
  return { kept, summary };
}

const f1 = (right: number, kept: number, all: number) => (2 * right) / (kept + all);

for (const score of ["ratio", "distance", "cosine"] as const)
  test(`of a bitext with wrong pairs of both kinds auto keeps nearly what is best, by ${score}`, async (t) => {
    const bitext = await drawBitext();
    const all = (await scoreSo(bitext, { score })).kept.sort((a, b) => b.score - a.score);
    const rightAmong = (pairs: typeof all) => pairs.filter(({ right }) => right).length;
    const best = Math.max(...all.map((_, i) => f1(rightAmong(all.slice(0, i + 1)), i + 1, 100)));
    const { kept, summary } = await scoreSo(bitext, { score, threshold: "auto" });
    const right = rightAmong(kept);
    const { precision, threshold, pairs } = summary.estimate!;
    t.is(pairs, kept.length);
    t.is(summary.belowThreshold, bitext.length - kept.length);
    t.true(kept.every((pair) => pair.score >= threshold));
    const found = f1(right, kept.length, 100);
    t.true(found > best - 0.07, `${found}, best ${best}`);
    t.true(Math.abs(precision - right / kept.length) < 0.15, `${precision}, in truth ${right / kept.length}`);
  });

test("a bitext that is shifted by a line in stretches loses the shifted lines", async (t) => {
  const pairs = Array.from({ length: 150 }, (_, i) => {
    const right = Math.floor(i / 10) % 2 === 0;
    return { source: `de${i}`, target: `en${right ? i : (i + 1) % 150}`, right };
  });
  const { kept, summary } = await scoreSo(pairs, { precision: 0.95 });
  const right = kept.filter((pair) => pair.right).length;
  t.true(right > 72 && right / kept.length > 0.9, `${right} of ${kept.length}`);
  t.true(summary.estimate!.precision >= 0.95);
});

test("a threshold that is given leaves out what is below it and what has no score; a run scores again without an encoder", async (t) => {
  const folder = temporaryFolder(t);
  const [input, output] = [join(folder, "in.tsv"), join(folder, "out.tsv")];
  const pairs = await drawBitext();
  writeFileSync(input, `${pairs.map(({ source, target }) => `${source}\t${target}\n`).join("")}de1\t\n`);
  const run = join(folder, "run");
  const options = { encoder, run };
  const summary = await scoreBitext(input, output, { ...options, threshold: 1.2 });
  const scores = readFileSync(output, "utf8").trimEnd().split("\n").map(Number.parseFloat);
  t.true(scores.length > 50 && scores.every((score) => score >= 1.2));
  t.is(summary.unscored, 1);
  t.is(summary.belowThreshold! + scores.length + 1, summary.pairs);
  const found = await scoreBitext(input, output, { ...options, threshold: "auto" });
  const kept = readFileSync(output);
  const silent = { ...encoder, encode: () => Promise.reject(new Error("encoded again")) };
  t.deepEqual(
    (await scoreBitext(input, output, { run, encoder: silent, threshold: "auto" })).estimate,
    found.estimate,
  );
  t.deepEqual(readFileSync(output), kept);
  t.is(found.estimate!.pairs, kept.toString().trimEnd().split("\n").length);
});

test("a bitext of which no threshold can be estimated is refused", async (t) => {
  const pairs = await drawBitext();
  const refused = async (options: ScorePairsOptions, given = pairs) =>
    (await t.throwsAsync(scoreSo(given, options), { instanceOf: OptionError }))!.message;
  t.regex(await refused({ threshold: "auto", precision: 0.9 }), /exclude each other/);
  t.regex(await refused({ precision: -0.1 }), /from 0 to 1/);
  t.regex(await refused({ threshold: Number.NaN }), /is NaN; expected a number/);
  for (const score of ["length", "adequacy"] as const)
    t.regex(
      await refused({ score, threshold: "auto" }),
      new RegExp(`ratio, distance, cosine; not ${score}. Pass score: "ratio" and add: "${score}"`),
    );
  t.regex(
    await refused({ threshold: "auto" }, pairs.slice(0, 1)),
    /of only 1 pair nothing can be told; it takes 50/,
  );
  t.regex(await refused({ precision: 0.9 }, Array(60).fill(pairs[0])), /all scores are the same/);
  const strange = pairs.slice(0, 100).map((pair, i) => ({ ...pair, target: `en${(i + 7) % 100}` }));
  t.regex(
    await refused({ threshold: "auto" }, strange),
    /finds no threshold: the pairs score as sentences do that have nothing/,
  );
});
