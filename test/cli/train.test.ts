import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { staticFolder } from "../embed/folders.js";
import { testShared } from "../shared.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const SMALL = ["--steps", "12", "--batch", "8", "--validate-every", "4", "--validation", "8"];

function writePairs(folder: string): string {
  const path = join(folder, "pairs.tsv");
  const words = ["the", "mill", "grind", "corn", "by", "river"];
  const lines = words.flatMap((a) => words.map((b) => `news\t${a} ${b}\t${b} ${a}\n`));
  writeFileSync(path, lines.join(""));
  return path;
}

test("train table tells validations and what it made", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "trained");
  const from = ["--from", staticFolder("normalised")];
  const { code, stdout, stderr } = await crisscross([
    "train",
    "table",
    "--pairs",
    writePairs(folder),
    ...from,
    ...SMALL,
    "-o",
    output,
  ]);
  t.is(code, 0, stderr);
  t.is(stdout, "");
  t.regex(stderr, /^step 0: validation accuracy [01]\.\d{4}, the best so far$/m);
  t.regex(
    stderr,
    /trained: 36 pairs · 12 steps · kept the table of step \d+, validation accuracy [01]\.\d{4}/,
  );
  const again = await crisscross(["train", "table", "--pairs", writePairs(folder), ...from, "-o", output]);
  t.is(again.code, 2);
  t.regex(again.stderr, /is not empty/);
});

test("a random table has the built-in encoder's pieces and as many dimensions as asked", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "random");
  const flags = ["--from", "random", "--dimensions", "8", "--steps", "2", "--validation", "0"];
  const { code, stderr } = await crisscross([
    "train",
    "table",
    "--pairs",
    writePairs(folder),
    ...flags,
    "-o",
    output,
  ]);
  t.is(code, 0, stderr);
  t.regex(stderr, /random: 36 pairs · 2 steps · kept the table of step 2, nothing was held out$/m);
  t.regex(stderr, /pairs\.tsv: has 36 pairs to train on, fewer than a batch of 1024/);
  t.is(JSON.parse(readFileSync(join(output, "config.json"), "utf8")).hidden_dim, 8);
  t.true(readdirSync(output).includes("tokenizer.json"));
  const { stderr: refused } = await crisscross([
    ...["train", "table", "--pairs", writePairs(folder), "--from", staticFolder("normalised")],
    ...["--dimensions", "8", "-o", join(folder, "other")],
  ]);
  t.regex(refused, /--dimensions goes with a random or ngram table/);
});

test("an interrupted training says what it left, and goes on", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "trained");
  const stop = new AbortController();
  // The first checkpoint tells that training has begun.
  const isCheckpoint = (name: string) => /^\.trained\.[0-9a-f]{16}\.part$/.test(name);
  const watch = setInterval(() => readdirSync(folder).some(isCheckpoint) && stop.abort(), 20);
  const command = ["train", "table", "--pairs", "-", "--from", staticFolder("normalised"), "-o", output];
  const flags = ["--batch", "8", "--validation", "0", "--steps", "1000000", "--quiet"];
  const pairs = readFileSync(writePairs(folder), "utf8");
  const { code, stderr } = await crisscross([...command, ...flags], pairs, stop.signal);
  clearInterval(watch);
  t.is(code, 130);
  t.is(
    stderr,
    `crisscross: interrupted; ${output} holds the best table so far, and the same command goes on.\n`,
  );
  const { training } = JSON.parse(readFileSync(join(output, "config.json"), "utf8"));
  t.true(training.interrupted);
  t.is(training.pairs[0].name, "standard input");
});

test("wrong numbers are wrong usage", async (t) => {
  const folder = temporaryFolder(t);
  for (const [flags, message] of [
    [["--piece-dropout", "1"], /--piece-dropout is 1; expected a number from 0 to below 1/],
    [["--batch", "0"], /Expected a whole number from 1/],
    [["--columns", "1,2,3"], /Expected two different columns/],
    [["--columns", "2"], /Expected two different columns/],
    [["--columns", "2,2"], /Expected two different columns/],
    [["--hard-negatives", "-1"], /--hard-negatives is -1; expected a whole number from 0/],
    [["--type", "int2"], /Allowed choices are float32, float16, int4/],
  ] as const) {
    const { code, stderr } = await crisscross([
      ...["train", "table", "--pairs", writePairs(folder), "--from", staticFolder("normalised")],
      ...["-o", join(folder, "a"), ...flags],
    ]);
    t.is(code, 2);
    t.regex(stderr, message);
  }
});

testShared("distil makes an encoder that embed takes", "fixtures/encoders/e5", async (t, folder) => {
  const root = temporaryFolder(t);
  const output = join(root, "static");
  const made = await crisscross(
    ["distil", folder, "-o", output, "--dimensions", "16", "--texts", "-"],
    "in to\n",
  );
  t.is(made.code, 0, made.stderr);
  t.is(made.stdout, "");
  t.regex(
    made.stderr,
    /static: 225 pieces × 16 · 7 without a text, with rows of zeros · \d+\.\d % of the variance\n$/,
  );
  const embedded = await crisscross([
    "embed",
    "samples/town.en",
    "--encoder",
    output,
    "-o",
    join(root, "town.npy"),
  ]);
  t.is(embedded.code, 0, embedded.stderr);
  t.true(existsSync(join(root, "town.npy")));

  const again = await crisscross(["distil", folder, "-o", output]);
  t.is(again.code, 2);
  t.regex(again.stderr, /static: is not empty; expected a new folder, or an empty one\. Name another\.\n$/);
});
