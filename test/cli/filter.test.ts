import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const GOOD = "Wie geht es dir?\tHow are you?";
const BAD = "Nicht übersetzt\tNicht übersetzt";
const BITEXT = `${GOOD}\n${BAD}\n`;

test("filter sits in a pipe, and tells what it did on stderr", async (t) => {
  const { code, stdout, stderr } = await crisscross(["filter", "-"], BITEXT);
  t.deepEqual([code, stdout], [0, `${GOOD}\n`]);
  t.regex(stderr, /2 pairs · 1 kept \(50\.0 %\)\nrejected: no_identical 1\n/);
});

test("filter writes files, compressed by their names, and the rejected pairs with reasons", async (t) => {
  const folder = temporaryFolder(t);
  const [input, output, rejected] = ["in.tsv.gz", "out.jsonl", "rejected.tsv"].map((name) =>
    join(folder, name),
  );
  writeFileSync(input, gzipSync(BITEXT));
  const { code, stdout } = await crisscross(["filter", input, "-o", output, "--rejected", rejected]);
  t.deepEqual([code, stdout], [0, ""]);
  t.deepEqual(JSON.parse(readFileSync(output, "utf8")), {
    source: "Wie geht es dir?",
    target: "How are you?",
  });
  t.is(readFileSync(rejected, "utf8"), `${BAD}\tno_identical\n`);
  t.true(existsSync(`${output}.stats.json`));
});

test("filter writes rejected pairs to standard output where the others go to a file", async (t) => {
  const output = join(temporaryFolder(t), "kept.tsv");
  const { code, stdout } = await crisscross(["filter", "-", "-o", output, "--rejected", "-"], BITEXT);
  t.deepEqual([code, stdout, readFileSync(output, "utf8")], [0, `${BAD}\tno_identical\n`, `${GOOD}\n`]);
});

test("long sentences without spaces pass the default chain", async (t) => {
  const pair = `她昨天在图书馆里读了一本关于海洋生物的旧书，然后和朋友们一起走到河边的小餐馆吃了一顿很安静的晚饭。\tYesterday she read an old book on marine life in the library, and then walked with friends to the small restaurant by the river for a very quiet dinner.\n`;
  t.is((await crisscross(["filter", "-"], pair)).stdout, pair);
});

test("JSON lines stay JSON lines in a pipe, with all their fields", async (t) => {
  const row = `{"id":7,"source":"Wie geht es dir?","target":"How are you?"}\n`;
  const { stdout } = await crisscross(["filter", "-", "--format", "jsonl"], row);
  t.is(stdout, row);
});

test("filter --explain, --sample and --suggest print what they promise", async (t) => {
  const explained = await crisscross(["filter", "-", "--explain"], BITEXT);
  const lines = explained.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  t.deepEqual(
    lines.map(({ rejectedBy }) => rejectedBy),
    [[], ["no_identical"]],
  );
  const sampled = await crisscross(["filter", "-", "--sample", "10"], BITEXT);
  t.regex(sampled.stdout, /^2 of 2 pairs · 1 kept by all rules\n/);
  t.regex(sampled.stdout, /no_identical +1 +1\n {4}line 2 · no_identical\n {8}Nicht übersetzt\n/);
  const suggested = await crisscross(["filter", "-", "--suggest", "0.1", "--languages", "de,en"], BITEXT);
  const configuration = join(temporaryFolder(t), "suggested.yaml");
  writeFileSync(configuration, suggested.stdout);
  const { code, stdout } = await crisscross(["filter", "-", "--config", configuration], BITEXT);
  t.deepEqual([code, stdout], [0, `${GOOD}\n`]);
});

test("filter says what is wrong with its options, and with a configuration where", async (t) => {
  const folder = temporaryFolder(t);
  const [input, configuration] = [join(folder, "in.tsv"), join(folder, "filter.yaml")];
  writeFileSync(input, BITEXT);
  writeFileSync(configuration, "filters:\n  - LengthFilter:\n      max_length: long\n");
  const cases: [argv: string[], code: number, message: RegExp][] = [
    [[], 2, /No bitext is given/],
    [[input, "--sample", "5", "--explain"], 2, /--explain and --sample are given\. Choose one/],
    [
      [input, "--explain", "--rejected", "x"],
      2,
      /--rejected goes with filtering, not with --explain\. Leave it out\./,
    ],
    [
      [input, "--explain", "--output-format", "tsv"],
      2,
      /--output-format goes with filtering, not with --explain/,
    ],
    [[input, "--sample", "5", "-o", "x"], 2, /--output goes with filtering or --explain, not with --sample/],
    [[input, "--seed", "1"], 2, /--seed goes with --sample or --suggest, not with filtering/],
    [[input, "--explain", "--seed", "1"], 2, /--seed goes with --sample or --suggest, not with --explain/],
    [
      ["--rules", input, "--on-error", "skip"],
      2,
      /--rules prints the rules and reads nothing\. Leave out .*in\.tsv, --on-error\./,
    ],
    [[input, "--quiet", "--verbose"], 2, /'--quiet' cannot be used with option '--verbose'/],
    [[input, "-o", input], 2, /is also an input/],
    [[input, "-o", `${input}.2`, "--rejected", `${input}.2`], 2, /is both the output and --rejected/],
    [
      [input, "-o", `${input}.2`, "--rejected", `${folder}/./in.tsv.2`],
      2,
      /two outputs would be written there/,
    ],
    [[input, input, "-o", `${input},${input}.2`], 2, /is also an input/],
    [[input, input, "-o", `${input}.2,${folder}/./in.tsv.2`], 2, /two outputs would be written there/],
    [[input, "--rejected", "-"], 2, /standard output: is both the output and --rejected/],
    [[input, "--languages", "de"], 2, /--languages has one value; expected the source's and the target's/],
    [
      [input, "--config", configuration],
      1,
      /filter\.yaml, line 3, column 19: filters\.0\.LengthFilter\.max_length/,
    ],
    [["missing.tsv"], 1, /missing\.tsv: no such file/],
  ];
  for (const [argv, code, message] of cases) {
    const outcome = await crisscross(["filter", ...argv]);
    t.is(outcome.code, code, argv.join(" "));
    t.regex(outcome.stderr, message);
  }
});

test("filter ends quietly when the reader of its pipe has enough", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "in.tsv");
  writeFileSync(
    input,
    Array.from(
      { length: 50_000 },
      (_, i) => `Das ist Satz ${i} von vielen.\tThis is sentence ${i} of many.\n`,
    ).join(""),
  );
  const child = spawn("bash", [
    "-c",
    `"${process.execPath}" dist/cli/crisscross.js filter "${input}" --quiet | head -n 1`,
  ]);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  t.is(stdout, "Das ist Satz 0 von vielen.\tThis is sentence 0 of many.\n");
  t.is(stderr, "");
});

test("dedup and split tell what they did", async (t) => {
  const distinct = await crisscross(["dedup", "-", "--of", "source"], `${GOOD}\n${GOOD}\n${BAD}\n`);
  t.deepEqual([distinct.code, distinct.stdout], [0, BITEXT]);
  t.regex(distinct.stderr, /3 pairs · 2 kept · 1 that came before/);
  const folder = temporaryFolder(t);
  const split = await crisscross(["split", "-", "--test", "1", "--dev", "0", "-o", folder], BITEXT);
  t.is(split.code, 0);
  t.regex(split.stderr, /2 pairs: train 1 · dev 0 · test 1\n?.*2 groups/s);
  const parts = ["train.tsv", "test.tsv"].map((name) => readFileSync(join(folder, name), "utf8"));
  t.deepEqual(parts.sort(), [`${BAD}\n`, `${GOOD}\n`]);
});
