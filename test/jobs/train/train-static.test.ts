import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import { InputError, ModelError, OptionError, OutputError, TrainingError } from "../../../src/errors.js";
import { identifyStart, type TrainingStartOptions } from "../../../src/jobs/train/starting-table.js";
import type { TrainOptions } from "../../../src/jobs/train/train-static.js";
import { trainStatic } from "../../../src/jobs/train/train-static.js";
import { copyOf, editJson, staticFolder } from "../../embed/folders.js";
import { randomNumbers } from "../../random.js";
import { temporaryFolder } from "../../temporary-folder.js";

const WORDS = ["the", "mill", "grind", "corn", "by", "river", "Müller"];
const TRANSLATIONS = ["c", "d", "f", "h", "j", "k", "p"];

/** Sentences of three words, and their translations word by word. */
function writePairs(folder: string, count = 400): string {
  const random = randomNumbers(3);
  const lines = Array.from({ length: count }, () => {
    const words = [0, 0, 0].map(() => Math.floor(WORDS.length * random()));
    return `${words.map((i) => WORDS[i]).join(" ")}\t${words.map((i) => TRANSLATIONS[i]).join(" ")}\n`;
  });
  const path = join(folder, "pairs.tsv");
  writeFileSync(path, lines.join(""));
  return path;
}

const SMALL = {
  from: staticFolder("normalised"),
  steps: 40,
  batch: 32,
  learningRate: 0.5,
  validation: 64,
  validateEvery: 10,
};

const weightsOf = (folder: string) => readFileSync(join(folder, "model.safetensors"));

test("a table learns which words translate each other, and opens as an encoder that asks for centring", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "trained");
  const pairs = [writePairs(folder)];
  const notes: string[] = [];
  const summary = await trainStatic(output, {
    ...SMALL,
    pairs,
    onEvent: (event) => event.kind === "note" && notes.push(event.message),
  });
  t.regex(notes[0], /^step 0: validation accuracy 0\.[0-4]/);
  t.true(summary.accuracy > 0.6);
  t.is(summary.pairs + summary.duplicates, 400);
  const encoder = await openEncoder(output);
  t.true(encoder.centre);
  const [x, y, z] = [0, 6, 12].map((start, _, starts) => ({ start, starts }));
  const vectors = await encoder.encode(["the mill", "c d", "k p"]);
  const cosine = (a: number, b: number) =>
    Array.from({ length: 6 }, (_, i) => vectors[a + i] * vectors[b + i]).reduce(
      (sum, value) => sum + value,
      0,
    );
  t.true(cosine(x.start, y.start) > cosine(x.start, z.start));
  const { training } = JSON.parse(readFileSync(join(output, "config.json"), "utf8"));
  t.like(training, {
    from: "normalised",
    steps: 40,
    batch: 32,
    scale: 20,
    maxPieces: 64,
    exponent: 0.6,
    seed: 0,
    hardNegatives: 0,
    patience: "never",
    columns: "the last two",
    onError: "stop",
    keepOut: [],
    interrupted: false,
    diverged: false,
  });
  t.deepEqual(training.outcome, { step: summary.step, accuracy: summary.accuracy, steps: 40 });
  const sha256 = createHash("sha256").update(readFileSync(pairs[0])).digest("hex");
  t.deepEqual(training.pairs, [{ name: "pairs.tsv", sha256, count: summary.pairs }]);
});

test("the same seed gives the same bytes, another seed others", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = [writePairs(folder)];
  const train = async (name: string, seed: number) => {
    await trainStatic(join(folder, name), { ...SMALL, pairs, seed, hardNegatives: 4, pieceDropout: 0.1 });
    return weightsOf(join(folder, name));
  };
  const first = await train("a", 1);
  t.deepEqual(await train("b", 1), first);
  t.notDeepEqual(await train("c", 2), first);
});

test("interrupted training leaves the best so far, and the same command goes on to the same bytes", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = [writePairs(folder)];
  const [whole, output] = [join(folder, "whole"), join(folder, "trained")];
  await trainStatic(whole, { ...SMALL, pairs });
  const stop = new AbortController();
  const interrupted = await trainStatic(output, {
    ...SMALL,
    pairs,
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === "progress" && event.stage === "train" && event.done === 23)
        stop.abort(new Error("stop"));
    },
  });
  t.true(interrupted.interrupted);
  t.is(interrupted.steps, 23);
  t.true(existsSync(join(output, "tokenizer.json")));
  const { resumedAt } = await trainStatic(output, { ...SMALL, pairs });
  t.is(resumedAt, 23);
  t.deepEqual(weightsOf(output), weightsOf(whole));
  t.deepEqual(readdirSync(folder).sort(), ["pairs.tsv", "trained", "whole"]);
});

test("sentences that are kept out are not trained on, however they are written", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = writePairs(folder, 50);
  writeFileSync(pairs, `${readFileSync(pairs, "utf8")}The mill!\tq q\nriver by\tZ  Z.\nFoto-Album\tphotos\n`);
  const keepOut = join(folder, "test.txt");
  writeFileSync(keepOut, "id-1\tthe MILL\nz z\nFotoalbum\n");
  const summary = await trainStatic(join(folder, "trained"), {
    ...SMALL,
    pairs: [pairs],
    keepOut: [keepOut],
  });
  t.is(summary.keptOut, 3);
  t.is(summary.pairs + summary.duplicates, 50);
});

test("a pair with an empty side is named by its line, or counted", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = writePairs(folder, 50);
  writeFileSync(pairs, `the mill\t \n\n${readFileSync(pairs, "utf8")}alone\n`);
  const options = { ...SMALL, pairs: [pairs] };
  await t.throwsAsync(trainStatic(join(folder, "a"), options), {
    instanceOf: InputError,
    message: /pairs\.tsv, line 1: expected a pair of texts, found an empty side/,
  });
  for (const [line, found] of [
    ["\t\t", "an empty side"],
    ["alone", "1 column"],
  ]) {
    writeFileSync(join(folder, "other"), `${line}\n`);
    await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs: [join(folder, "other")] }), {
      message: new RegExp(`found ${found}\\.$`),
    });
  }
  const { skipped } = await trainStatic(join(folder, "a"), { ...options, onError: "skip" });
  t.is(skipped, 2);
});

test("a table of another column order trains on the columns that are named", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = writePairs(folder, 50);
  const turned = readFileSync(pairs, "utf8").replace(/^(.*)\t(.*)$/gm, "$2\tnews\t$1\t0.5");
  writeFileSync(pairs, turned);
  const { training } = await trainStatic(join(folder, "a"), {
    ...SMALL,
    pairs: [pairs],
    columns: [3, 1],
  }).then(() => JSON.parse(readFileSync(join(folder, "a", "config.json"), "utf8")));
  t.is(training.pairs[0].count + training.duplicates, 50);
  t.deepEqual(training.columns, [3, 1]);
  await t.throwsAsync(trainStatic(join(folder, "b"), { ...SMALL, pairs: [pairs], columns: [3, 5] }), {
    message: /expected a pair of texts in columns 3 and 5, found 4 columns/,
  });
  await t.throwsAsync(trainStatic(join(folder, "b"), { ...SMALL, pairs: [pairs], columns: [2, 2] }), {
    instanceOf: OptionError,
    message: /columns is 2,2; expected two different columns/,
  });
});

test("a loss that is no number ends training, says at which step, and leaves the last good table", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "trained");
  await t.throwsAsync(trainStatic(output, { ...SMALL, pairs: [writePairs(folder)], learningRate: 1e39 }), {
    instanceOf: TrainingError,
    message:
      /trained holds that table; training with other options may replace it\. Lower learningRate \(1e\+39\)\.$/,
  });
  const { training } = JSON.parse(readFileSync(join(output, "config.json"), "utf8"));
  t.like(training, { diverged: true, interrupted: false, learningRate: 1e39 });
  t.is(training.outcome.step, 0);
  t.is(typeof training.outcome.accuracy, "number");
  const vectors = await (await openEncoder(output)).encode(["the mill"]);
  t.true(vectors.every(Number.isFinite));
  t.deepEqual(readdirSync(folder).sort(), ["pairs.tsv", "trained"]);
  t.true((await trainStatic(output, { ...SMALL, pairs: [join(folder, "pairs.tsv")] })).accuracy > 0.6);
});

test("fewer than two pairs, a folder that is full, and what is no static encoder are refused before training", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = [writePairs(folder, 1)];
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs }), {
    instanceOf: InputError,
    message: /pairs\.tsv: has fewer than two distinct pairs/,
  });
  await t.throwsAsync(trainStatic(folder, { ...SMALL, pairs }), {
    instanceOf: OptionError,
    message: /is not empty/,
  });
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, from: "test/embed/transformer" }), {
    instanceOf: ModelError,
    message: /is not a static encoder.*crisscross distil/,
  });
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, type: "int4" }), {
    instanceOf: OptionError,
    message: /blocks of 32 numbers, but the table has 6 dimensions/,
  });
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, validation: 0, patience: 3 }), {
    instanceOf: OptionError,
    message: /patience waits for a better validation, but validation: 0 holds nothing out/,
  });
});

test("a name too long for what an interrupted training would leave is refused before training", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "x".repeat(240));
  const options: TrainOptions = {
    ...SMALL,
    pairs: [writePairs(folder, 40)],
    onEvent: (event) => t.false(event.kind === "progress" && event.stage === "train"),
  };
  await t.throwsAsync(trainStatic(output, options), {
    instanceOf: OutputError,
    message: /x: a name that long cannot be written here\. Choose a shorter one\.$/,
  });
  t.deepEqual(readdirSync(folder), ["pairs.tsv"]);
});

test("a tokenizer that is not the table's and weights cut short are refused", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = [writePairs(folder, 10)];
  const other = join(folder, "other");
  cpSync(staticFolder("normalised"), other, { recursive: true });
  cpSync(join(staticFolder("wordpiece"), "tokenizer.json"), join(other, "tokenizer.json"));
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, from: other }), {
    instanceOf: ModelError,
    message: /has rows for 41 pieces, but tokenizer\.json has 10/,
  });
  truncateSync(join(other, "model.safetensors"), 300);
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, from: other }), {
    instanceOf: ModelError,
    message: /cut short/,
  });
});

test("training may start from hashed words and n-grams, without any tokenizer", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "trained");
  const notes: string[] = [];
  const { accuracy } = await trainStatic(output, {
    ...SMALL,
    from: "ngram",
    dimensions: 16,
    pairs: [writePairs(folder)],
    onEvent: (event) => event.kind === "note" && notes.push(event.message),
  });
  const before = Number(/accuracy ([\d.]+)/.exec(notes[0])![1]);
  t.true(before < 0.2 && accuracy > 0.4, `${before} to ${accuracy}`);
  const encoder = await openEncoder(output);
  const [mill, corn] = [await encoder.encode(["mill"]), await encoder.encode(["corn"])];
  const translated = await encoder.encode(["d"]);
  const cosine = (a: Float32Array) => a.reduce((sum, value, i) => sum + value * translated[i], 0);
  t.true(cosine(mill) > cosine(corn));
});

/** Trains until the step of that number, as if the user had interrupted then. */
async function interruptAt(step: number, output: string, options: TrainOptions): Promise<void> {
  const stop = new AbortController();
  await trainStatic(output, {
    ...options,
    signal: stop.signal,
    onEvent: (event) =>
      event.kind === "progress" &&
      event.stage === "train" &&
      event.done === step &&
      stop.abort(new Error("stop")),
  });
}

test("what somebody put beside an interrupted training, or in its place, is never removed", async (t) => {
  const folder = temporaryFolder(t);
  const options = { ...SMALL, pairs: [writePairs(folder)] };
  const output = join(folder, "trained");
  await interruptAt(13, output, options);
  writeFileSync(join(output, "notes.txt"), "mine");
  await t.throwsAsync(trainStatic(output, options), {
    instanceOf: OptionError,
    message: /but also notes\.txt, which would be lost/,
  });
  rmSync(join(output, "notes.txt"));
  writeFileSync(join(output, "1_Normalize", "notes.txt"), "mine");
  await t.throwsAsync(trainStatic(output, options), {
    message: /but also .*notes\.txt, which would be lost/,
  });
  rmSync(output, { recursive: true });
  mkdirSync(output);
  writeFileSync(join(output, "model.safetensors"), "mine");
  await t.throwsAsync(trainStatic(output, options), { instanceOf: OptionError, message: /is not empty/ });
  t.is(readFileSync(join(output, "model.safetensors"), "utf8"), "mine");
  rmSync(output, { recursive: true });
  writeFileSync(output, "mine");
  await t.throwsAsync(trainStatic(output, options), { instanceOf: OptionError, message: /is a file/ });
});

test("a run of other options, or a refused one, leaves an interrupted run what it needs to go on", async (t) => {
  const folder = temporaryFolder(t);
  const options = { ...SMALL, pairs: [writePairs(folder)] };
  const output = join(folder, "trained");
  await interruptAt(13, output, options);
  await t.throwsAsync(trainStatic(output, { ...options, seed: 1 }), {
    instanceOf: OptionError,
    message: /holds an interrupted training with other options or other input/,
  });
  await t.throwsAsync(trainStatic(output, { ...options, pairs: [join(folder, "no.tsv")] }), {
    message: /other input/,
  });
  t.is((await trainStatic(output, options)).resumedAt, 13);
});

test("a checkpoint that is damaged is named, with what to do", async (t) => {
  const folder = temporaryFolder(t);
  const options = { ...SMALL, pairs: [writePairs(folder)] };
  const output = join(folder, "trained");
  await interruptAt(13, output, options);
  const part = join(folder, readdirSync(folder).find((name) => name.endsWith(".part"))!);
  const flipped = readFileSync(part);
  flipped[flipped.length - 1] ^= 1;
  writeFileSync(part, flipped);
  const damage = { instanceOf: InputError, message: /is damaged\. Remove it to train from the start/ };
  await t.throwsAsync(trainStatic(output, options), damage);
  truncateSync(part, 200);
  await t.throwsAsync(trainStatic(output, options), damage);
});

test("pairs that stand twice, in one file or in two, are one pair", async (t) => {
  const folder = temporaryFolder(t);
  const lines = WORDS.map((word, i) => `${word}\t${TRANSLATIONS[i]}\n`);
  const [one, two] = [join(folder, "one.tsv"), join(folder, "two.tsv")];
  writeFileSync(one, lines.join("").repeat(2));
  writeFileSync(two, `${lines.join("")}mill corn\td h\ncorn mill\th d\n`);
  const warnings: string[] = [];
  const { pairs, duplicates } = await trainStatic(join(folder, "a"), {
    ...SMALL,
    pairs: [one, two],
    onEvent: (event) => event.kind === "warning" && warnings.push(event.message),
  });
  t.is(pairs + duplicates, 7 * 3 + 2);
  t.true(pairs <= 9);
  t.regex(warnings[0], /^one\.tsv: has \d pairs to train on, fewer than a batch of 32/);
  const { training } = JSON.parse(readFileSync(join(folder, "a", "config.json"), "utf8"));
  t.deepEqual(
    training.pairs.map(({ name }: { name: string }) => name),
    ["one.tsv", "two.tsv"],
  );
});

test("pairs may come from a stream or a pipe, and sentences to keep out, too", async (t) => {
  const folder = temporaryFolder(t);
  const path = writePairs(folder);
  const bytes = readFileSync(path);
  const [plain, streamed] = [join(folder, "plain"), join(folder, "streamed")];
  const keepOut = join(folder, "keep-out");
  writeFileSync(keepOut, "the mill river\n");
  const { keptOut } = await trainStatic(plain, { ...SMALL, pairs: [path], keepOut: [keepOut] });
  const pipe = join(folder, "pipe");
  t.is(spawnSync("mkfifo", [pipe]).status, 0);
  const writer = spawn("cp", [keepOut, pipe]);
  const summary = await trainStatic(streamed, {
    ...SMALL,
    pairs: [Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)])],
    keepOut: [pipe],
  });
  writer.kill();
  t.is(summary.keptOut, keptOut);
  t.deepEqual(weightsOf(streamed), weightsOf(plain));
  t.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith(".")),
    [],
  );
});

test("options are checked before anything is read", async (t) => {
  const output = join(temporaryFolder(t), "a");
  const pairs = ["no/such/file"];
  for (const [options, message] of [
    [{ hardNegatives: -1 }, /hardNegatives is -1; expected a whole number from 0/],
    [{ pieceDropout: 1 }, /pieceDropout is 1; expected a number from 0 to below 1/],
    [{ scale: 0 }, /scale is 0; expected a number above 0/],
    [{ columns: [1, 1] }, /two different columns/],
  ] as const)
    await t.throwsAsync(trainStatic(output, { ...SMALL, pairs, ...options }), {
      instanceOf: OptionError,
      message,
    });
  await t.throwsAsync(trainStatic(output, { ...SMALL, pairs, from: "nope" }), {
    instanceOf: ModelError,
    message: /^nope: no such encoder/,
  });
});

test("as many pieces of a text count as are asked for", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "long.tsv");
  const same = "mill ".repeat(300);
  writeFileSync(path, WORDS.map((word, i) => `${same}${word}\t${same}${TRANSLATIONS[i]}\n`).join(""));
  const count = async (maxPieces: number) =>
    (await trainStatic(join(folder, String(maxPieces)), { ...SMALL, pairs: [path], maxPieces, steps: 2 }))
      .pairs;
  t.true((await count(5000)) > 3);
  await t.throwsAsync(count(256), { instanceOf: InputError, message: /fewer than two distinct pairs/ });
});

test("without validation the folder says that nothing was held out", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "a");
  await trainStatic(output, { ...SMALL, pairs: [writePairs(folder)], validation: 0, steps: 3 });
  const card = readFileSync(join(output, "README.md"), "utf8");
  t.regex(card, /no pair was held out/);
  t.false(card.includes("NaN"));
});

const startKey = async (options: TrainingStartOptions) => (await identifyStart(options)).key;

test("two starts are the same only if table, tokenizer and configuration are", async (t) => {
  const from = copyOf(staticFolder("normalised"), t);
  const keys = [await startKey({ from: staticFolder("normalised") }), await startKey({ from })];
  t.deepEqual(keys[0], keys[1]);
  editJson(from, "config.json", { normalize: false });
  keys.push(await startKey({ from }));
  for (const name of ["tokenizer.json", "model.safetensors"]) {
    const path = join(from, name);
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from(" ")]));
    keys.push(await startKey({ from }));
  }
  t.is(new Set(keys.slice(1).map((key) => JSON.stringify(key))).size, 4);
});

test("a default that is given is the same as one that is not", async (t) => {
  t.deepEqual(await startKey({ from: "ngram" }), await startKey({ from: "ngram", dimensions: 256, seed: 0 }));
  t.notDeepEqual(await startKey({ from: "ngram" }), await startKey({ from: "ngram", seed: 1 }));
});
