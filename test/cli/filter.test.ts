import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import test from "ava";
import { drawHistogram } from "../../cli/histogram.js";
import { run } from "../../cli/run.js";
import { distributionOf } from "../../src/steps/pairs/distribution.js";
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

const TODAY = "The cat sleeps on the sofa in the living room today.";
const CROATIAN = `Mačka danas spava na kauču u dnevnom boravku.\t${TODAY}\n`;
const NORWEGIAN = `Katten sover på sofaen i stuen i dag, sa hun.\t${TODAY}\n`;

test("--near-languages says which languages are not told apart, in place of the table", async (t) => {
  const kept = async (language: string, pair: string, ...near: string[]) => {
    const argv = ["filter", "-", "--languages", `${language},en`];
    const { code, stdout } = await crisscross(
      [...argv, ...near.flatMap((groups) => ["--near-languages", groups])],
      pair,
    );
    t.is(code, 0);
    return stdout === pair;
  };
  t.true(await kept("sr", CROATIAN));
  t.false(await kept("pl", CROATIAN));
  t.true(await kept("pl", CROATIAN, "de+nds,pol+hrv+bs+sr+sh+sl"));
  t.true(await kept("da", NORWEGIAN));
  t.false(await kept("da", NORWEGIAN, "none"));
  t.false(await kept("da", NORWEGIAN, "hr+sr"));
  t.true(await kept("da", NORWEGIAN, " hr + sr , no + da + nn "));
});

test("--near-languages is an error where it names no language, nothing, or one language alone", async (t) => {
  for (const [groups, told] of [
    ["da+norw", '"norw" is not a language that can be identified'],
    ["da+", "Expected a name"],
    ["", "Expected a name"],
    ["da,no", "Expected groups such as da+xx"],
  ]) {
    const outcome = await crisscross(
      ["filter", "-", "--languages", "da,en", "--near-languages", groups],
      NORWEGIAN,
    );
    t.deepEqual([outcome.code, outcome.stdout], [2, ""], groups);
    t.true(outcome.stderr.includes(told), outcome.stderr);
  }
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

(existsSync("/dev/full") ? test : test.skip)(
  "an older output stays where the rejected pairs cannot be written",
  async (t) => {
    const output = join(temporaryFolder(t), "kept.tsv");
    writeFileSync(output, "older\n");
    for (const more of [[], ["--output-format", "tmx", "--languages", "de,en"]]) {
      const argv = ["filter", "-", "-o", output, "--rejected", "/dev/full", ...more];
      const { code, stderr } = await crisscross(argv, BITEXT);
      t.is(code, 1, stderr);
      t.regex(stderr, /\/dev\/full: the disk is full/);
      t.is(readFileSync(output, "utf8"), "older\n");
    }
  },
);

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

test("filter --explain prints each pair with the rules that reject it", async (t) => {
  const { stdout } = await crisscross(["filter", "-", "--explain"], BITEXT);
  const lines = stdout.trimEnd().split("\n");
  t.deepEqual(
    lines.map((line) => JSON.parse(line).rejectedBy),
    [[], ["no_identical"]],
  );
});

test("filter --sample prints examples of what each rule rejects", async (t) => {
  const { stdout } = await crisscross(["filter", "-", "--sample", "10"], BITEXT);
  t.regex(stdout, /^2 of 2 pairs · 1 kept by all rules\n/);
  t.regex(stdout, /no_identical +1 +1\n {4}line 2 · no_identical\n {8}Nicht übersetzt\n/);
});

test("filter --suggest prints a configuration that filter takes", async (t) => {
  const suggested = await crisscross(["filter", "-", "--suggest", "0.1", "--languages", "de,en"], BITEXT);
  const path = join(temporaryFolder(t), "suggested.yaml");
  writeFileSync(path, suggested.stdout);
  const { code, stdout } = await crisscross(["filter", "-", "--config", path], BITEXT);
  t.deepEqual([code, stdout], [0, `${GOOD}\n`]);
});

test("filter --suggest counts no pair without a score, and tells them", async (t) => {
  const config = join(temporaryFolder(t), "score.yaml");
  writeFileSync(config, "filters:\n  - ScoreFilter: {threshold: 2}\n");
  // Scores from 0.1 to 1, and ten pairs without one: of those with a score, one in ten may be below the threshold.
  const rows = Array.from(
    { length: 20 },
    (_, i) => `${i < 10 ? (i + 1) / 10 : ""}\tein Haus ${i}\ta house ${i}\n`,
  );
  const { stdout } = await crisscross(["filter", "-", "--suggest", "0.1", "--config", config], rows.join(""));
  t.regex(
    stdout,
    /threshold: 0\.2 # rejects 10\.0 %; 2 100\.0 %; not counting 50\.0 % that no limit keeps\n/,
  );
  const unscored = await crisscross(
    ["filter", "-", "--suggest", "0.1", "--config", config],
    rows.slice(10).join(""),
  );
  t.regex(unscored.stdout, /threshold: 2 # not counting 100\.0 % that no limit keeps\n/);
});

const folder = mkdtempSync(join(tmpdir(), "crisscross-test-"));
test.after.always(() => rmSync(folder, { recursive: true }));
const [input, output, configuration] = ["in.tsv", "out.tsv", "filter.yaml"].map((name) => join(folder, name));
writeFileSync(input, BITEXT);
writeFileSync(configuration, "filters:\n  - LengthFilter:\n      max_length: long\n");
/** The output by another name. */
const alias = `${folder}/./out.tsv`;

const WRONG: [what: string, argv: string[], message: RegExp][] = [
  ["no bitext", [], /No bitext is given/],
  [
    "two things to print",
    [input, "--sample", "5", "--explain"],
    /--explain and --sample are given\. Choose one/,
  ],
  [
    "a file for rejected pairs that are explained",
    [input, "--explain", "--rejected", "x"],
    /--rejected goes with filtering, not with --explain\. Leave it out\./,
  ],
  [
    "a format for pairs that are explained",
    [input, "--explain", "--output-format", "tsv"],
    /--output-format goes with filtering, not with --explain/,
  ],
  [
    "an output for a sample",
    [input, "--sample", "5", "-o", "x"],
    /--output goes with filtering or --explain, not with --sample/,
  ],
  [
    "a seed where nothing is drawn",
    [input, "--seed", "1"],
    /--seed goes with --sample or --suggest, not with filtering/,
  ],
  [
    "a seed for what is explained",
    [input, "--explain", "--seed", "1"],
    /--seed goes with --sample or --suggest, not with --explain/,
  ],
  [
    "something to read beside --rules",
    ["--rules", input, "--on-error", "skip"],
    /--rules prints the rules and reads nothing\. Leave out .*in\.tsv, --on-error\./,
  ],
  [
    "two kinds of printing",
    [input, "--quiet", "--verbose"],
    /'--quiet' cannot be used with option '--verbose'/,
  ],
  ["its input for an output", [input, "-o", input], /is also an input/],
  [
    "one file for pairs and rejected ones",
    [input, "-o", output, "--rejected", output],
    /is both the output and --rejected/,
  ],
  [
    "one file by two names for pairs and rejected ones",
    [input, "-o", output, "--rejected", alias],
    /two outputs would be written there/,
  ],
  ["an input among the outputs of its sides", [input, input, "-o", `${input},${output}`], /is also an input/],
  [
    "one file by two names for both sides",
    [input, input, "-o", `${output},${alias}`],
    /two outputs would be written there/,
  ],
  [
    "standard output for pairs and rejected ones",
    [input, "--rejected", "-"],
    /standard output: is both the output and --rejected/,
  ],
  [
    "one language",
    [input, "--languages", "de"],
    /--languages has one value; expected the source's and the target's/,
  ],
];

for (const [what, argv, message] of WRONG) {
  test(`filter with ${what} is wrong usage`, async (t) => {
    const { code, stderr } = await crisscross(["filter", ...argv]);
    t.is(code, 2);
    t.regex(stderr, message);
  });
}

test("what is wrong in a configuration is named with its line and column", async (t) => {
  const { code, stderr } = await crisscross(["filter", input, "--config", configuration]);
  t.is(code, 1);
  t.regex(stderr, /filter\.yaml, line 3, column 19: filters\.0\.LengthFilter\.max_length/);
});

test("a bitext that is not there is named", async (t) => {
  const { code, stderr } = await crisscross(["filter", "missing.tsv"]);
  t.is(code, 1);
  t.regex(stderr, /missing\.tsv: no such file/);
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

test("dedup tells how many pairs came before", async (t) => {
  const three = `${GOOD}\n${GOOD}\n${BAD}\n`;
  const { code, stdout, stderr } = await crisscross(["dedup", "-", "--of", "source"], three);
  t.deepEqual([code, stdout], [0, BITEXT]);
  t.regex(stderr, /3 pairs · 2 kept · 1 that came before/);
});

test("split tells how many pairs each part has", async (t) => {
  const folder = temporaryFolder(t);
  const { code, stderr } = await crisscross(
    ["split", "-", "--test", "1", "--dev", "0", "-o", folder],
    BITEXT,
  );
  t.is(code, 0);
  t.regex(stderr, /2 pairs: train 1 · dev 0 · test 1\n?.*2 groups/s);
  const parts = ["train.tsv", "test.tsv"].map((name) => readFileSync(join(folder, name), "utf8"));
  t.deepEqual(parts.sort(), [`${BAD}\n`, `${GOOD}\n`]);
});

const TOWN = ["mine", "samples/town.de", "samples/town.en", "--encoder", "ngram"];

test("a distribution counts scores in ten bins of one width, the highest score in the last", (t) => {
  const scores = Float64Array.of(2, 1.95, 1.9, 1.05, 1, 1);
  t.deepEqual(distributionOf(scores), { lowest: 1, highest: 2, counts: [3, 0, 0, 0, 0, 0, 0, 0, 0, 3] });
  t.deepEqual(distributionOf(Float64Array.of(1, 1)), { lowest: 1, highest: 1, counts: [2] });
  t.is(distributionOf(new Float64Array()), undefined);
});

test("a bar is as long as its share of the most, in the columns that there are; below the threshold it is light", (t) => {
  const distribution = { lowest: 1, highest: 1.3, counts: [4, 8, 1] };
  // 21 columns: 5 of the score, 1 of the count, 2 spaces, and one that stays free.
  t.is(
    drawHistogram(distribution, { columns: 21, threshold: 1.1 }),
    ["1.000 ░░░░░░ 4", "1.100 ████████████ 8", "1.200 █▌ 1"].join("\n"),
  );
  for (const columns of [40, 500])
    for (const line of drawHistogram(distribution, { columns }).split("\n"))
      t.true(line.length < Math.min(columns, 80), line);
});

test("a terminal shows the distribution of the scores, and what is no terminal only with --verbose", async (t) => {
  const printed = async (argv: string[], terminal: object) => {
    const stderr = Object.assign(new PassThrough(), terminal);
    const told = text(stderr);
    const stdin = new PassThrough();
    const { signal } = new AbortController();
    await run(argv, { stdin, stdout: new PassThrough().resume(), stderr, signal });
    stderr.end();
    return told;
  };
  const narrow = await printed([...TOWN, "--threshold", "1.2"], { isTTY: true, columns: 40 });
  t.regex(narrow, /\n\d\.\d{3} ░+ \d+\n/);
  t.regex(narrow, /\n\d\.\d{3} [█▏▎▍▌▋▊▉]+ \d+\n/);
  for (const line of narrow.split("\n").filter((one) => /[█░]/.test(one))) t.true(line.length < 40, line);
  const counts = [...narrow.matchAll(/[█▏▎▍▌▋▊▉░] (\d+)$/gm)].map(([, n]) => Number(n));
  const [, below, pairs] = /(\d+) pairs below the threshold · (\d+) pairs written/.exec(narrow)!;
  t.is(
    counts.reduce((sum, n) => sum + n, 0),
    Number(below) + Number(pairs),
  );
  t.notRegex(await printed(TOWN, {}), /[█░]/);
  t.regex(await printed([...TOWN, "--verbose"], {}), /█/);
});

test("a run's stats.json stays without it, and select --around shows the pairs on both sides of a threshold", async (t) => {
  const folder = join(temporaryFolder(t), "run");
  await crisscross([...TOWN, "--run", folder, "--quiet"]);
  t.notRegex(readFileSync(join(folder, "stats.json"), "utf8"), /distribution/);
  const pairs = readFileSync(join(folder, "pairs.tsv"), "utf8").trimEnd().split("\n");
  const kept = pairs.filter((line) => Number(line.split("\t")[0]) >= 1.2);
  const { code, stdout, stderr } = await crisscross(["select", folder, "--around", "1.2", "--show", "4"]);
  t.is(code, 0, stderr);
  const shown = (line: string) => {
    const [score, source, target] = line.split("\t");
    return `${score}  ${source}\n${" ".repeat(score.length)}  ${target}`;
  };
  const around = pairs.slice(kept.length - 2, kept.length + 2).map(shown);
  const threshold = `1.200000  ──── ${kept.length} pairs kept, ${pairs.length - kept.length} left out ────`;
  t.is(stdout, `${[...around.slice(0, 2), threshold, ...around.slice(2)].join("\n\n")}\n`);
  const none = await crisscross(["select", folder, "--around", "99", "--show", "3"]);
  t.is(none.stdout.match(/^\d/gm)?.length, 1 + 3);
});

test("select chooses the same pairs from little memory, and names the least that works", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await crisscross([...TOWN, "--run", run, "--quiet"]);
  const small = await crisscross(["select", run, "--memory", "1M", "--quiet"]);
  t.is(small.stdout, readFileSync(join(run, "pairs.tsv"), "utf8"));
  const none = await crisscross(["select", run, "--memory", "1K"]);
  t.is(none.code, 2);
  t.regex(none.stderr, /--memory is 1024 bytes; expected at least 1 MiB/);
});

test("what --around cannot follow is refused", async (t) => {
  for (const argv of [
    ["--around", "1", "--threshold", "1"],
    ["--around", "1", "-o", "pairs.tsv"],
    ["--around", "1", "--memory", "1M"],
    ["--around", "x"],
    ["--show", "5"],
    ["--around", "1", "--show", "0"],
  ])
    t.is((await crisscross(["select", "run", ...argv])).code, 2, argv.join(" "));
});
