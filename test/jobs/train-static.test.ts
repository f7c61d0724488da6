import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import {
  InputError,
  ModelError,
  OptionError,
  openEncoder,
  TrainingError,
  trainStatic,
} from "../../src/index.js";
import { staticFolder } from "../embed/folders.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";

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
  t.is(summary.pairs, 400);
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
    pairs: { "pairs.tsv": 400 },
    interrupted: false,
  });
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
  writeFileSync(pairs, `${readFileSync(pairs, "utf8")}The mill!\tq q\nriver by\tZ  Z.\n`);
  const keepOut = join(folder, "test.txt");
  writeFileSync(keepOut, "id-1\tthe MILL\nz z\n");
  const summary = await trainStatic(join(folder, "trained"), {
    ...SMALL,
    pairs: [pairs],
    keepOut: [keepOut],
  });
  t.is(summary.keptOut, 2);
  t.is(summary.pairs, 50);
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
  t.is(training.pairs["pairs.tsv"], 50);
  await t.throwsAsync(trainStatic(join(folder, "b"), { ...SMALL, pairs: [pairs], columns: [3, 5] }), {
    message: /found an empty side/,
  });
});

test("a loss that is no number ends training, says at which step, and leaves the last good table", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "trained");
  await t.throwsAsync(trainStatic(output, { ...SMALL, pairs: [writePairs(folder)], learningRate: 1e39 }), {
    instanceOf: TrainingError,
    message: /Step \d+, a batch of pairs\.tsv: expected a finite loss.*Lower the learning rate/,
  });
  const vectors = await (await openEncoder(output)).encode(["the mill"]);
  t.true(vectors.every(Number.isFinite));
});

test("fewer than two pairs, a folder that is full, and what is no static encoder are refused before training", async (t) => {
  const folder = temporaryFolder(t);
  const pairs = [writePairs(folder, 1)];
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs }), {
    instanceOf: InputError,
    message: /pairs\.tsv: has fewer than two pairs/,
  });
  await t.throwsAsync(trainStatic(folder, { ...SMALL, pairs }), {
    instanceOf: OptionError,
    message: /is not empty/,
  });
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, from: "test/embed/transformer" }), {
    instanceOf: ModelError,
    message: /is no static encoder.*crisscross distil/,
  });
  await t.throwsAsync(trainStatic(join(folder, "a"), { ...SMALL, pairs, type: "int4" }), {
    instanceOf: OptionError,
    message: /blocks of 32 numbers, but the table has 6 dimensions/,
  });
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
