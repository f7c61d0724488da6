import { join } from "node:path";
import test from "ava";
import { OptionError } from "../../src/errors.js";
import type { MineOptions, MineSummary, ScoredPair } from "../../src/index.js";
import { mine } from "../../src/jobs/mine.js";
import { selectRun } from "../../src/jobs/select-run.js";
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
