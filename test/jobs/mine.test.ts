import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { WINDOW } from "../../src/embed/embed.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { InputError, OptionError } from "../../src/errors.js";
import { embedFile } from "../../src/jobs/embed/embed-file.js";
import { evaluateXsim } from "../../src/jobs/evaluate/aligned.js";
import type { MineOptions } from "../../src/jobs/mine.js";
import { mine } from "../../src/jobs/mine.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import type { MineSummary } from "../../src/steps/pairs/mine-summary.js";
import type { Encoder } from "../../src/types/encoder.js";
import type { ScoredPair } from "../../src/types/pairs.js";
import { open, TRANSFORMER } from "../embed/folders.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";
import { tableEncoder } from "./table-encoder.js";

async function mineAll(source: Iterable<string>, target: Iterable<string>, options: MineOptions) {
  const pairs: ScoredPair[] = [];
  const warnings: string[] = [];
  let summary: MineSummary | undefined;
  const run = mine(source, target, {
    ...options,
    onEvent: (event) => event.kind === "warning" && warnings.push(event.message),
    onSummary: (given) => {
      summary = given;
    },
  });
  for await (const pair of run) pairs.push(pair);
  return {
    pairs,
    warnings,
    summary: summary!,
    texts: pairs.map((pair) => `${pair.source.text} ${pair.target.text}`),
  };
}

/** Cosines: a–A 0.8, a–B 0.6, b–A 0.6, b–B 0.8. */
const square = tableEncoder({ a: [1, 0], b: [0, 1], A: [0.8, 0.6], B: [0.6, 0.8] });

test("mine scores a hand-worked table", async (t) => {
  const { pairs } = await mineAll(["a", "b"], ["A", "B"], { encoder: square, k: 2 });
  t.deepEqual(
    pairs.map((pair) => [pair.source.text, pair.target.text, pair.forwardRank, pair.backwardRank]),
    [
      ["a", "A", 1, 1],
      ["b", "B", 1, 1],
    ],
  );
  // Every neighbourhood's mean is (0.8 + 0.6) / 2 = 0.7.
  for (const { score, cosine } of pairs) {
    t.true(Math.abs(cosine - 0.8) < 1e-6);
    t.true(Math.abs(score - 0.8 / 0.7) < 1e-6);
  }
});

test("identical texts are one sentence, one pair, and keep all their lines", async (t) => {
  const { pairs, summary } = await mineAll(["a", "b", "a"], ["A", "A", "B", "A"], { encoder: square, k: 2 });
  t.deepEqual(
    pairs.map(({ source, target }) => [source.lines, target.lines]),
    [
      [
        [1, 3],
        [1, 2, 4],
      ],
      [[2], [3]],
    ],
  );
  t.deepEqual([summary.source.duplicates, summary.target.duplicates], [1, 2]);
});

test("scores stay with their pairs when duplicates are present", async (t) => {
  const once = await mineAll(["a", "b"], ["A", "B"], { encoder: square, k: 2, retrieval: "union" });
  const twice = await mineAll(["a", "a", "b", "a"], ["A", "B", "B"], {
    encoder: square,
    k: 2,
    retrieval: "union",
  });
  const scored = ({ pairs }: typeof once) => pairs.map((p) => [p.source.text, p.target.text, p.score]);
  t.deepEqual(scored(twice), scored(once));
});

test("blank lines and zero vectors never match and are counted", async (t) => {
  const encoder = tableEncoder({ a: [1, 0], zero: [0, 0], A: [-1, 0], nil: [0, 0] });
  // A's cosine is −1: a zero vector, whose cosine is 0, must not be nearer.
  const { pairs, summary } = await mineAll(["", "a", "zero"], ["nil", " ", "A"], {
    encoder,
    margin: "absolute",
  });
  t.deepEqual(
    pairs.map((pair) => [pair.source.lines, pair.target.lines, pair.cosine]),
    [[[2], [3], -1]],
  );
  t.deepEqual([summary.source.blank, summary.source.zeroVectors], [1, 1]);
  t.deepEqual([summary.target.blank, summary.target.zeroVectors], [1, 1]);
});

test("a vector that is not a number names the line", async (t) => {
  const encoder = tableEncoder({ a: [1, 0], bad: [Number.NaN, 0], A: [1, 0] });
  await t.throwsAsync(mineAll(["a", "", "bad"], ["A"], { encoder }), {
    instanceOf: InputError,
    message: /source, line 3: .*NaN/,
  });
});

test("a vector that is not a number is skipped where that is asked for: its line is told, and it matches nothing", async (t) => {
  const encoder = tableEncoder({ a: [1, 0], bad: [Number.NaN, 0], A: [1, 0], b: [0, 1], B: [0, 1] });
  const errors: string[] = [];
  const onSkip = (error: InputError) => {
    errors.push(error.message);
  };
  const options = { encoder, read: { onError: "skip" as const, onSkip } };
  const { pairs, summary } = await mineAll(["a", "", "bad", "b"], ["A", "B", "bad"], options);
  t.deepEqual(pairs.map((pair) => [pair.source.lines, pair.target.lines]).toSorted(), [
    [[1], [1]],
    [[4], [2]],
  ]);
  t.deepEqual([summary.source.zeroVectors, summary.target.zeroVectors], [1, 1]);
  t.is(errors.length, 2);
  t.regex(errors[0], /source, line 3: .*NaN/);
  t.regex(errors[1], /target, line 3: .*NaN/);
});

test("k above the corpus size is clipped, with a warning", async (t) => {
  const { warnings, pairs } = await mineAll(["a", "b"], ["A", "B"], { encoder: square, k: 9 });
  t.deepEqual(warnings, ["k is 9, but a side has only 2 sentences to search, so neighbourhoods are of 2."]);
  t.true(Math.abs(pairs[0].score - 0.8 / 0.7) < 1e-6);
});

for (const k of [0, -1, 1.5, Number.NaN]) {
  test(`k = ${k} is wrong usage`, async (t) => {
    await t.throwsAsync(mineAll(["a"], ["A"], { encoder: square, k }), { instanceOf: OptionError });
  });
}

test("a side without sentences has no pairs, and a warning counts why", async (t) => {
  const tell = async (source: string[], target: string[]) => {
    const { texts, summary, warnings } = await mineAll(source, target, { encoder: square, minCharacters: 2 });
    t.deepEqual(texts, []);
    t.like(summary, { encoder: "", candidates: 0, pairs: 0 });
    return warnings;
  };
  t.deepEqual(await tell([], ["AA"]), ["source: is empty; expected sentences."]);
  t.deepEqual(await tell(["long"], ["", "A"]), [
    "target: no sentence is left of 2 lines (1 blank, 1 too short); a side needs at least one.",
  ]);
});

test("the guard keeps an untranslated copy from ranking first, and from every neighbourhood", async (t) => {
  const encoder = tableEncoder({ Rom: [1, 0], eins: [0, 1], "ROM!": [1, 0], one: [0.6, 0.8] });
  const sides: [string[], string[]] = [
    ["Rom", "eins"],
    ["ROM!", "one"],
  ];
  const { texts } = await mineAll(...sides, { encoder, k: 2 });
  t.is(texts[0], "Rom ROM!");

  const { texts: kept, summary, pairs } = await mineAll(...sides, { encoder, k: 2, guard: "copies" });
  t.deepEqual(kept, ["eins one"]);
  t.is(summary.copies, 1);
  // m(eins) = (0.8 + 0) / 2, m(one) = (0.8 + 0.6) / 2.
  t.true(Math.abs(pairs[0].score - 0.8 / ((0.4 + 0.7) / 2)) < 1e-6);
});

test("a threshold leaves out what is below it in every retrieval, and the summary counts it", async (t) => {
  for (const retrieval of ["forward", "backward", "max", "intersection", "union"] as const) {
    const { pairs, summary } = await mineAll(["a", "b"], ["A", "B"], {
      encoder: square,
      k: 2,
      retrieval,
      threshold: 2,
    });
    t.is(pairs.length, 0, retrieval);
    t.is(summary.belowThreshold, 2, retrieval);
    t.is(summary.scores, undefined);
  }
});

test("leaving the loop early ends the run without a summary", async (t) => {
  let ended = false;
  for await (const pair of mine(["a", "b"], ["A", "B"], {
    encoder: square,
    onSummary: () => (ended = true),
  })) {
    t.truthy(pair);
    break;
  }
  t.false(ended);
});

test("a signal stops the run with its reason", async (t) => {
  const controller = new AbortController();
  const run = mine(["a", "b"], ["A", "B"], { encoder: square, signal: controller.signal });
  await run.next();
  controller.abort(new Error("enough"));
  await t.throwsAsync(run.next(), { message: "enough" });
});

/** Of the samples' 175 translations, how many each encoder finds above a threshold at which it finds nothing else. */
for (const [encoder, threshold, least] of [
  ["ngram", 1.35, 100],
  ["builtin", 1.5, 160],
] as const) {
  test(`${encoder} finds the translations among the sample sentences, and nothing else`, async (t) => {
    const gold = new Set(readFileSync("samples/town.de-en.gold", "utf8").trimEnd().split("\n"));
    let found = 0;
    const pairs = mine("samples/town.de", "samples/town.en", { encoder, threshold });
    for await (const { source, target } of pairs) {
      t.true(gold.has(`${source.lines[0]}\t${target.lines[0]}`), `${source.text} ≠ ${target.text}`);
      found++;
    }
    t.true(found >= least, `only ${found} pairs`);
  });
}

test("the summary says whether each side's mean was subtracted", async (t) => {
  const options = { encoder: { ...square, centre: true }, k: 2 };
  t.true((await mineAll(["a", "b"], ["A", "B"], options)).summary.centre);
  t.false((await mineAll(["a", "b"], ["A", "B"], { ...options, centre: false })).summary.centre);
});

test("a side of one sentence, or of a few that are the same, is centred in part, which leaves them", async (t) => {
  const options = { encoder: square, k: 1, centre: true };
  const { texts, warnings, summary } = await mineAll(["a", "b"], ["A"], options);
  t.deepEqual(texts, ["a A"]);
  t.is(summary.target.zeroVectors, 0);
  t.deepEqual(warnings, []);
  t.is((await mineAll(["a"], ["A"], options)).pairs.length, 1);
});

test("many vectors that are all the same are not centred, which would leave nothing, and that is told", async (t) => {
  const many = (letter: string) => Array.from({ length: 256 }, (_, i) => `${letter}${i}`);
  const [source, target] = [many("a"), many("A")];
  const encoder = tableEncoder({
    ...Object.fromEntries(source.map((text, i) => [text, i === 0 ? [1, 0] : [0, 1]])),
    ...Object.fromEntries(target.map((text) => [text, [0.8, 0.6]])),
  });
  const options = { encoder, k: 1, margin: "absolute", centre: true } as const;
  const { texts, warnings, summary } = await mineAll(source, target, options);
  t.is(texts[0], "a0 A0");
  t.is(summary.target.zeroVectors, 0);
  t.is(warnings.length, 1);
  t.regex(warnings[0], /^target: all its vectors are the same.*Pass centre: false/);
});

/** True pairs of the sample town, in one order. */
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
const [german, english] = [linesOf("samples/town.de"), linesOf("samples/town.en")];
const pairs = linesOf("samples/town.de-en.gold").map((line) => {
  const [x, y] = line.split("\t").map(Number);
  return [german[x - 1], english[y - 1]] as const;
});

/** The highest score of the whole town, whose sides have 260 sentences. */
const HIGHEST = 2.6;

let builtin: Encoder;

test.before(async () => {
  builtin = await openEncoder();
});

async function mined(
  source: readonly string[],
  target: readonly string[],
  options: MineOptions = {},
): Promise<{ right: number; scores: number[] }> {
  const scores: number[] = [];
  let right = 0;
  for await (const pair of mine(source, target, { ...options, encoder: builtin, threads: 1 })) {
    scores.push(pair.score);
    if (pairs.some(([x, y]) => x === pair.source.text && y === pair.target.text)) right++;
  }
  return { right, scores };
}

for (const count of [1, 2, 3, 4, 6, 9, 16, 64]) {
  test(`of ${count} sentences a side as many find their own as without centring or by distance, with scores as of many`, async (t) => {
    const some = pairs.slice(0, count);
    const sides = [some.map(([x]) => x), some.map(([, y]) => y)] as const;
    const { right, scores } = await mined(...sides);
    t.true(right >= (await mined(...sides, { centre: false })).right);
    t.true(right >= (await mined(...sides, { margin: "distance" })).right);
    t.true(right >= 0.9 * count);
    t.true(scores.every((score) => score > 0 && score < HIGHEST));
  });
}

test("four sentences against two give their two pairs, and one against all its own", async (t) => {
  const sources = pairs.slice(0, 4).map(([x]) => x);
  const { right, scores } = await mined(sources, [pairs[1][1], pairs[3][1]]);
  t.deepEqual([right, scores.length], [2, 2]);
  t.is((await mined([pairs[5][0]], english)).right, 1);
});

test("a text finds itself, however few its lines are", async (t) => {
  const folder = temporaryFolder(t);
  for (const lines of [1, 2, 3, 4, 10]) {
    const path = join(folder, `${lines}.txt`);
    writeFileSync(path, english.slice(0, lines).join("\n"));
    const { rows } = await evaluateXsim(path, path, { encoder: builtin, threads: 1 });
    t.deepEqual(
      rows.map(({ figures }) => figures.xsim.value),
      [0, 0],
    );
  }
});

test("every pair of a bitext of a few has a score", async (t) => {
  const folder = temporaryFolder(t);
  for (const count of [1, 2, 3, 5]) {
    const [input, output] = [join(folder, `${count}.tsv`), join(folder, `${count}.out.tsv`)];
    writeFileSync(
      input,
      pairs
        .slice(0, count)
        .map((pair) => `${pair.join("\t")}\n`)
        .join(""),
    );
    const summary = await scoreBitext(input, output, { encoder: builtin, threads: 1 });
    t.is(summary.unscored, 0);
    t.true(summary.scores!.minimum > 0.9 && summary.scores!.maximum < HIGHEST);
  }
});

/** A model that quantises its activations a batch at a time, as 8-bit models do. */
const QUANTISED = { encoder: TRANSFORMER, variant: "dynamic" };

/** Two whole windows of lines and a part of one, of one to five words. */
function writeLines(folder: string): string {
  const words = ["the", "mill", "miller", "by", "river"];
  const random = randomNumbers(5);
  const line = () =>
    Array.from({ length: 1 + Math.floor(5 * random()) }, () => words[Math.floor(5 * random())]).join(" ");
  const path = join(folder, "lines.txt");
  writeFileSync(path, `${Array.from({ length: 2 * WINDOW + 100 }, line).join("\n")}\n`);
  return path;
}

test("the vector of an 8-bit model depends on its batch mates, so the tests below can fail", async (t) => {
  const encoder = await open(TRANSFORMER, t, { variant: "dynamic" });
  const alone = await encoder.encode(["the mill"]);
  const among = await encoder.encode(["the mill", "by river"]);
  t.notDeepEqual(among.subarray(0, 2), alone);
});

test("an 8-bit model gives the same bytes whatever the threads", async (t) => {
  const folder = temporaryFolder(t);
  const lines = writeLines(folder);
  const files = [1, 2, 4].map((threads) => ({ threads, output: join(folder, `${threads}.npy`) }));
  for (const { threads, output } of files) await embedFile(lines, output, { ...QUANTISED, threads });
  const [one, ...others] = files.map(({ output }) => readFileSync(output));
  for (const other of others) t.deepEqual(other, one);
});

test("an 8-bit model gives the same bytes wherever a run was interrupted", async (t) => {
  const folder = temporaryFolder(t);
  const lines = writeLines(folder);
  const whole = join(folder, "whole.npy");
  await embedFile(lines, whole, QUANTISED);
  for (const stopAt of [1, WINDOW + 1, 2 * WINDOW + 1]) {
    const resumed = join(folder, `resumed-${stopAt}.npy`);
    const stop = new AbortController();
    await t.throwsAsync(
      embedFile(lines, resumed, {
        ...QUANTISED,
        signal: stop.signal,
        onEvent: (event) => {
          if (event.kind === "progress" && event.done >= stopAt) stop.abort(new Error("interrupted"));
        },
      }),
    );
    const { kept } = await embedFile(lines, resumed, QUANTISED);
    t.is(kept % WINDOW, 0);
    t.deepEqual(readFileSync(resumed), readFileSync(whole));
  }
});
