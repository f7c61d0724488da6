import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import type { JobEvent } from "../../src/events.js";
import { type MineOptions, mine } from "../../src/jobs/mine.js";
import type { ScoreOptions } from "../../src/jobs/score/options.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import { scorePairs } from "../../src/jobs/score/score-pairs.js";
import { selectAround, selectRun } from "../../src/jobs/select-run.js";
import { openRescorer } from "../../src/rescore/open-rescorer.js";
import type { TextPair } from "../../src/rescore/rescorer.js";
import type { MineSummary } from "../../src/steps/pairs/mine-summary.js";
import type { ScoredPair } from "../../src/types/pairs.js";
import { temporaryFolder } from "../temporary-folder.js";
import { letterEncoder } from "./letter-encoder.js";

const FOLDERS = "test/rescore/folders";
const BERT = join(FOLDERS, "bert");
const BGE_M3 = join(FOLDERS, "bge-m3");
const NAN = join(FOLDERS, "not-a-number");

const SOURCE = ["the mill", "by the river", "a miller in the sun", "the river", "the mills by the river"];
const TARGET = ["die mühle", "am fluss", "ein müller", "der fluss in der sonne", "mühlen", "sonne ☃"];

async function collect<T>(given: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of given) all.push(one);
  return all;
}

async function directScores(folder: string, pairs: readonly TextPair[]): Promise<number[]> {
  const rescorer = await openRescorer(folder);
  const values = await rescorer.measure(pairs);
  await rescorer.close();
  const width = rescorer.parts.length;
  return pairs.map((_, i) => rescorer.scoreOf(values.subarray(i * width, (i + 1) * width)));
}

async function mined(options: MineOptions): Promise<{ pairs: ScoredPair[]; summary: MineSummary }> {
  let summary: MineSummary | undefined;
  const onSummary = (given: MineSummary) => {
    summary = given;
  };
  const pairs = await collect(
    mine(SOURCE, TARGET, { encoder: letterEncoder(), k: 2, onSummary, ...options }),
  );
  return { pairs, summary: summary! };
}

const texts = ({ source, target }: ScoredPair): TextPair => [source.text, target.text];

test("a bitext's pairs get the re-scorer's score of source and target, equal ones the same, and nothing is embedded", async (t) => {
  const pairs: TextPair[] = [
    ["the mill", "die mühle"],
    ["by the river", "am fluss"],
    ["", "x"],
    ["the mill", "die mühle"],
  ];
  const given = pairs.map(([source, target]) => ({ source, target }));
  const encoder = letterEncoder();
  const totals = new Set<number | undefined>();
  const onEvent = (event: JobEvent) => {
    if (event.kind === "progress" && event.stage === "rescore") totals.add(event.total);
  };
  const scored = await collect(scorePairs(given, { rescore: BERT, onEvent }));
  t.deepEqual([...totals], [2]);
  const [first, second] = await directScores(BERT, pairs.slice(0, 2));
  const found = scored.map(({ score }) => score);
  t.true(Math.abs(found[0] - first) < 1e-6 && Math.abs(found[1] - second) < 1e-6);
  t.is(found[3], found[0]);
  t.true(Number.isNaN(found[2]));
  const both = await collect(
    scorePairs(given, { rescore: BERT, score: "cosine", add: ["rescore"], encoder }),
  );
  t.deepEqual(
    both.map(({ added }) => added!.rescore),
    found,
  );
  t.true(encoder.encoded > 0);
});

test("BGE-M3's parts can be columns", async (t) => {
  const options: ScoreOptions = {
    rescore: BGE_M3,
    add: ["dense", "sparse", "colbert"],
    rescoreWeights: [1, 1, 2],
  };
  const [{ score, added }] = await collect(scorePairs([{ source: "the mill", target: "a mill" }], options));
  const { dense, sparse, colbert } = added as Record<string, number>;
  t.true(sparse > 0);
  t.true(Math.abs(score - (dense + sparse + 2 * colbert) / 4) < 1e-6);
});

test("mining re-scores every candidate before pairs are selected, and tells the margin", async (t) => {
  const all: MineOptions = { retrieval: "all", margin: "absolute" };
  const plain = await mined(all);
  const { pairs, summary } = await mined({ ...all, rescore: BERT });
  t.is(pairs.length, plain.pairs.length);
  const expected = await directScores(BERT, pairs.map(texts));
  for (const [i, { score }] of pairs.entries()) t.true(Math.abs(score - expected[i]) < 1e-6);
  t.deepEqual(
    pairs.map(({ score }) => score),
    pairs.map(({ score }) => score).sort((a, b) => b - a),
  );
  const marginOf = new Map(plain.pairs.map((pair) => [texts(pair).join("\t"), pair.score]));
  for (const pair of pairs) t.is(pair.margin, marginOf.get(texts(pair).join("\t")));
  t.regex(summary.rescorer!, /^bert-model-[0-9a-f]{12}$/);
  t.is(summary.candidates, plain.summary.candidates);

  const forward = await mined({ retrieval: "forward", margin: "absolute", rescore: BERT });
  for (const { source, score, forwardRank } of forward.pairs) {
    t.true(forwardRank > 0);
    const others = pairs.filter((pair) => pair.source.text === source.text && pair.forwardRank > 0);
    t.is(score, Math.max(...others.map((pair) => pair.score)));
  }
});

test("candidates below a margin are not re-scored and do not become pairs; the threshold is of the new score", async (t) => {
  const all: MineOptions = { retrieval: "all", margin: "absolute", rescore: BERT };
  const { pairs } = await mined(all);
  const middle = pairs.map(({ margin }) => margin!).sort()[pairs.length >> 1];
  const events: JobEvent[] = [];
  const above = await mined({ ...all, rescoreAbove: middle, onEvent: (event) => events.push(event) });
  t.deepEqual(
    above.pairs,
    pairs.filter(({ margin }) => margin! >= middle),
  );
  t.like(
    events.findLast((event) => event.kind === "progress" && event.stage === "rescore"),
    {
      done: above.pairs.length,
      total: above.pairs.length,
      unit: "pairs",
    },
  );
  const threshold = pairs[3].score;
  t.deepEqual(
    (await mined({ ...all, threshold })).pairs,
    pairs.filter(({ score }) => score >= threshold),
  );
});

test("a run keeps the scores: select takes them until a margin is asked for, and mining again measures nothing", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const options: MineOptions = { run, margin: "absolute", rescore: BGE_M3 };
  const { pairs } = await mined(options);
  const { pairs: plain } = await mined({ margin: "absolute" });
  t.deepEqual(await collect(selectRun(run)), pairs);
  const { above, below } = await selectAround(run, 0);
  t.deepEqual([...above, ...below], pairs);
  t.deepEqual(await collect(selectRun(run, { margin: "absolute" })), plain);

  const events: JobEvent[] = [];
  const onEvent = (event: JobEvent) => events.push(event);
  const dense = await mined({ ...options, rescoreWeights: [1, 0, 0], onEvent });
  t.true(
    events.some((event) => event.kind === "stage" && event.stage === "rescores" && event.what === "kept"),
  );
  t.false(events.some((event) => event.kind === "progress" && event.stage === "rescore"));
  t.notDeepEqual(
    dense.pairs.map(({ score }) => score),
    pairs.map(({ score }) => score),
  );
  await mined({ run, margin: "absolute" });
  t.deepEqual(await collect(selectRun(run)), plain);
});

test("a run that is stopped goes on at the window where it was, with the same bytes", async (t) => {
  const folder = temporaryFolder(t);
  const words = ["the", "mill", "river", "by", "a", "sun", "die", "am"];
  const text = (n: number) => [n, n >> 3, n >> 6, n >> 9].map((i) => words[i % 8]).join(" ");
  const input = join(folder, "pairs.tsv");
  writeFileSync(input, Array.from({ length: 1200 }, (_, i) => `${text(i)}\t${text(i * 5)}\n`).join(""));
  const scored = async (name: string, options: ScoreOptions) => {
    const done: number[] = [];
    const onEvent = (event: JobEvent) => {
      if (event.kind === "progress" && event.stage === "rescore") done.push(event.done);
      if (done.length > 0) options.onEvent?.(event);
    };
    await scoreBitext(input, join(folder, name), { rescore: BERT, ...options, onEvent });
    return done;
  };
  await scored("whole.tsv", {});
  const stop = new AbortController();
  const run = join(folder, "run");
  await t.throwsAsync(
    scored("stopped.tsv", {
      run,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === "progress" && event.done > 700) stop.abort(new Error("stopped"));
      },
    }),
    { message: "stopped" },
  );
  const [first] = await scored("resumed.tsv", { run });
  t.true(first > 512, `went on at ${first}`);
  t.deepEqual(readFileSync(join(folder, "resumed.tsv")), readFileSync(join(folder, "whole.tsv")));
});

test("a score that is not finite ends the work, or is left out and counted", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "pairs.tsv");
  writeFileSync(input, "the mill\tthe river\nthe mill\tthe ☃\n");
  const scored = (options: ScoreOptions) =>
    scoreBitext(input, join(folder, "out.tsv"), { rescore: NAN, ...options });
  await t.throwsAsync(scored({}), {
    name: "InputError",
    message:
      /pairs\.tsv.*line 1: the re-scorer not-a-number-model-\w+ gives this sentence and that of line 2 .*not finite/,
  });
  const run = join(folder, "run");
  const skip: ScoreOptions = { run, read: { onError: "skip" } };
  for (const time of ["made", "kept"]) {
    const { skipped, unscored } = await scored(skip);
    t.deepEqual([skipped, unscored], [1, 1], time);
  }
  t.regex(readFileSync(join(folder, "out.tsv"), "utf8"), /^\d.*\n\tthe mill\tthe ☃\n$/);
  await t.throwsAsync(mined({ rescore: NAN }), { message: /not finite/ });
  const { pairs, summary } = await mined({ rescore: NAN, read: { onError: "skip" }, retrieval: "all" });
  t.true(summary.notFinite! > 0);
  t.true(pairs.every(({ score }) => Number.isFinite(score)));
});

const MEANINGLESS: { options: ScoreOptions & MineOptions; message: RegExp; job?: "mine" }[] = [
  {
    options: { rescoreWeights: [1, 1, 1] },
    message: /rescoreWeights says how pairs are re-scored, but no re-scorer/,
  },
  { options: { rescoreVariant: "q4" }, message: /rescoreVariant says how/ },
  { options: { rescoreAbove: 1 }, message: /rescoreAbove says how/, job: "mine" },
  {
    options: { rescore: BGE_M3, rescoreWeights: [1, -1, 1] },
    message: /rescoreWeights is 1,-1,1; expected three numbers from 0/,
  },
  { options: { rescore: BGE_M3, rescoreWeights: [0, 0, 0] }, message: /not all of them 0/ },
  { options: { score: "rescore" }, message: /rescore is what a re-scorer gives, but none is given/ },
  { options: { rescore: BERT, score: "ratio" }, message: /neither score nor add asks for what it gives/ },
  {
    options: { rescore: BERT, encoder: "builtin" },
    message: /encoder is of vectors, but the scores .* need none: rescore/,
  },
  { options: { rescore: BERT, neighbourhood: { target: "x" } }, message: /neighbourhood is of vectors/ },
  { options: { rescore: BERT, add: ["dense"] }, message: /asks for a part of BGE-M3's score/ },
];

for (const { options, message, job } of MEANINGLESS)
  test(`refuses ${JSON.stringify(options)}`, async (t) => {
    const pairs = [{ source: "a", target: "b" }];
    const start = (): Promise<unknown> =>
      job
        ? collect(mine(SOURCE, TARGET, options as MineOptions))
        : collect(scorePairs(pairs, options as ScoreOptions));
    await t.throwsAsync(start, { name: "OptionError", message });
  });
