import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import test from "ava";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross, type Outcome } from "./terminal.js";

const DE = "samples/town.de";
const EN = "samples/town.en";
const PROGRAM = "dist/cli/crisscross.js";

let plain: Outcome;
test.before(async () => {
  plain = await crisscross(["mine", DE, EN]);
});

test("mine prints score, source and target, the best first, and a summary on stderr", (t) => {
  const { code, stdout, stderr } = plain;
  t.is(code, 0);
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  t.true(rows.length > 100);
  t.true(rows.every((row) => row.length === 3 && /^\d\.\d{6}$/.test(row[0])));
  const scores = rows.map(([score]) => Number(score));
  t.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
  t.regex(stderr, /source: 260 lines · 260 sentences/);
  t.regex(stderr, new RegExp(`${rows.length} pairs written`));
});

test("--quiet prints pairs alone", async (t) => {
  const { stdout, stderr } = await crisscross(["mine", DE, EN, "--quiet"]);
  t.not(stdout, "");
  t.is(stderr, "");
});

test("standard input, a file and a compressed file give the same bytes", async (t) => {
  const folder = temporaryFolder(t);
  const packed = join(folder, "town.de.gz");
  writeFileSync(packed, gzipSync(readFileSync(DE)));
  const piped = await crisscross(["mine", "-", EN], readFileSync(DE, "utf8"));
  const compressed = await crisscross(["mine", packed, EN]);
  t.is(piped.stdout, plain.stdout);
  t.is(compressed.stdout, plain.stdout);
});

test("-o writes what standard output would get", async (t) => {
  const output = join(temporaryFolder(t), "pairs.tsv");
  const { code, stdout } = await crisscross(["mine", DE, EN, "-o", output]);
  t.deepEqual([code, stdout], [0, ""]);
  t.is(readFileSync(output, "utf8"), plain.stdout);
});

test("one value of a reader's option serves both sides, two serve one each", async (t) => {
  const folder = temporaryFolder(t);
  const [de, en] = [DE, EN].map((path) => readFileSync(path, "utf8").trimEnd().split("\n"));
  const both = join(folder, "both.tsv");
  writeFileSync(both, de.map((line, i) => `x${i}\t${line}\t${en[i]}\n`).join(""));
  const fromOne = await crisscross(["mine", both, both, "--column", "2,3", "--id-column", "1"]);
  t.is(fromOne.stdout, plain.stdout);

  const ids = await crisscross([
    "mine",
    both,
    both,
    "--column",
    "2,3",
    "--id-column",
    "1",
    "--output-format",
    "bucc",
  ]);
  t.true(
    ids.stdout
      .trimEnd()
      .split("\n")
      .every((line) => /^x\d+\tx\d+$/.test(line)),
  );
});

const failures: [what: string, argv: string[], code: number, message: RegExp][] = [
  ["no such file", ["mine", "no-such.de", EN], 1, /no-such\.de.*no such file/i],
  ["a folder in place of a file", ["mine", "samples", EN], 1, /samples.*folder/],
  ["both sides standard input", ["mine", "-", "-"], 2, /Both sides are standard input/],
  ["k of 0", ["mine", DE, EN, "--k", "0"], 2, /Expected a whole number from 1/],
  ["k that is no number", ["mine", DE, EN, "--k", "four"], 2, /Expected a whole number/],
  [
    "an unknown margin",
    ["mine", DE, EN, "--margin", "wide"],
    2,
    /Allowed choices are absolute, distance, ratio/,
  ],
  ["an unknown option", ["mine", DE, EN, "--treshold", "1"], 2, /Did you mean --threshold/],
  ["one side only", ["mine", DE], 2, /missing required argument 'target'/],
  ["a budget that is no size", ["mine", DE, EN, "--memory", "4X"], 2, /Expected a size such as 512M or 4G/],
  ["a budget too small", ["mine", DE, EN, "--memory", "1M"], 2, /the least that works is \d+ MiB/],
  [
    "a budget with an index that does not tell what it takes",
    ["mine", DE, EN, "--memory", "4G", "--index", "usearch"],
    2,
    /--memory is given, but what usearch takes cannot be told beforehand/,
  ],
  [
    "a budget with near-duplicates",
    ["mine", DE, EN, "--memory", "4G", "--collapse-near-duplicates", "0.98"],
    2,
    /--memory is given, but --collapse-near-duplicates holds all vectors of a side/,
  ],
  [
    "a graph's type without its index",
    ["mine", DE, EN, "--index-type", "i8"],
    2,
    /--index-type goes with --index usearch only; the index is auto/,
  ],
  [
    "a type for an index that has its own",
    ["mine", DE, EN, "--index", "ivf", "--search-type", "int8"],
    2,
    /only --index exact has a choice/,
  ],
  [
    "an effort where every pair is compared",
    ["mine", DE, EN, "--index", "exact", "--search-effort", "9"],
    2,
    /--search-effort is 9, but --index exact compares every pair\. Leave it out, or choose another index\./,
  ],
  [
    "a seed that nothing is drawn by",
    ["mine", DE, EN, "--seed", "7"],
    2,
    /--seed is 7, but only the encoder ngram and the index hnsw draw anything/,
  ],
  [
    "something to clean where nothing is kept",
    ["mine", DE, EN, "--clean"],
    2,
    /--clean removes the vectors and indexes of a run folder, but there is none/,
  ],
  [
    "a column of identifiers alone",
    ["mine", DE, EN, "--output-format", "bucc", "--columns", "line"],
    2,
    /--columns is line, but format bucc has identifiers alone\. Leave them out, or write tsv, jsonl or tmx\./,
  ],
  ["three values for two sides", ["mine", DE, EN, "--column", "1,2,3"], 2, /Expected one value/],
  [
    "a second choice outside of max",
    ["mine", DE, EN, "--second-choice", "--retrieval", "union"],
    2,
    /--second-choice goes with --retrieval max only/,
  ],
  ["an unknown encoder", ["mine", DE, EN, "--encoder", "nothing"], 1, /nothing: no such encoder/],
  [
    "an output folder that is not there",
    ["mine", DE, EN, "-o", "no/such/pairs.tsv"],
    1,
    /its folder does not exist/,
  ],
];

test("a run of a file that is not there leaves no folder", async (t) => {
  const folder = temporaryFolder(t);
  const run = join(folder, "run");
  for (const argv of [["mine"], ["align", "--pages", "auto"]]) {
    const [command, ...options] = argv;
    const { code, stderr } = await crisscross([command, "no-such.de", EN, ...options, "--run", run]);
    t.is(code, 1, stderr);
    t.deepEqual(readdirSync(folder), [], command);
  }
});

for (const [what, argv, code, message] of failures) {
  test(`${what} is one sentence and exit code ${code}`, async (t) => {
    const outcome = await crisscross(argv);
    t.is(outcome.code, code);
    t.regex(outcome.stderr, message);
    t.is(outcome.stdout, "");
    t.notRegex(outcome.stderr, /\n\s+at /);
  });
}

for (const [what, ...options] of [
  ["the encoder ngram", "--encoder", "ngram"],
  ["a blend of it", "--blend", "ngram:0.1"],
]) {
  test(`a seed goes with ${what}, which draws by it`, async (t) => {
    const mine = (seed: string) => crisscross(["mine", DE, EN, "--seed", seed, ...options]);
    const [seven, eight] = [await mine("7"), await mine("8")];
    t.deepEqual([seven.code, eight.code], [0, 0]);
    t.not(seven.stdout, eight.stdout);
  });
}

test("a seed goes with the index hnsw", async (t) => {
  t.is((await crisscross(["mine", DE, EN, "--seed", "7", "--index", "hnsw"])).code, 0);
});

test("a share of the true neighbours is asked of ivf, and nothing that is none", async (t) => {
  const { code, stderr } = await crisscross(["mine", DE, EN, "--index", "ivf", "--recall", "0.9"]);
  t.is(code, 0, stderr);
  const none = await crisscross(["mine", DE, EN, "--index", "ivf", "--recall", "1.5"]);
  t.is(none.code, 2);
  t.regex(none.stderr, /--recall is 1\.5/);
});

test("an effort may be given where auto compares every pair, and is told to have no effect", async (t) => {
  const { code, stdout, stderr } = await crisscross(["mine", DE, EN, "--search-effort", "9"]);
  t.is(code, 0);
  t.regex(stderr, /^index: exact, which compares every pair, so --search-effort has no effect$/m);
  t.is(stdout, plain.stdout);
});

test("invalid UTF-8 names line and byte, and --on-error skip goes on", async (t) => {
  const path = join(temporaryFolder(t), "broken.de");
  writeFileSync(path, Buffer.concat([readFileSync(DE), Buffer.from([0x61, 0xff, 0x0a])]));
  const stopped = await crisscross(["mine", path, EN]);
  t.is(stopped.code, 1);
  t.regex(stopped.stderr, new RegExp(`line 261, byte ${readFileSync(DE).length + 1}.*UTF-8`));

  const skipped = await crisscross(["mine", path, EN, "--on-error", "skip"]);
  t.is(skipped.code, 0);
  t.is(skipped.stdout, plain.stdout);
  t.regex(skipped.stderr, /skipped: .*line 261/);
  t.regex(skipped.stderr, /1 skipped/);
});

test("--help shows an example and every option's default", async (t) => {
  const { code, stdout } = await crisscross(["mine", "--help"]);
  t.is(code, 0);
  t.regex(stdout, /crisscross mine - news\.en --threshold 1\.25/);
  t.regex(stdout, /default: ratio/);
});

test("the reader of the pipe goes away: quiet, exit code 0", async (t) => {
  const child = spawn(process.execPath, [PROGRAM, "mine", DE, EN]);
  child.stdout.destroy();
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  t.is(code, 0);
  t.is(stderr, "");
});

test("an interruption gives exit code 130 and leaves no half file", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "pairs.tsv");
  const child = spawn(process.execPath, [PROGRAM, "mine", "-", EN, "-o", output]);
  const exit = once(child, "exit");
  const stderr = text(child.stderr);
  // More than a pipe holds: when it is written, the run is reading.
  await new Promise((resolve) => child.stdin.write("ein Satz\n".repeat(50_000), resolve));
  child.kill("SIGINT");
  t.deepEqual(await exit, [130, null]);
  t.regex(await stderr, /interrupted/);
  t.false(existsSync(output));
  t.deepEqual(readdirSync(folder), []);
});

test("an output that is also read is refused, whatever it is called, and stays as it is", async (t) => {
  const folder = temporaryFolder(t);
  const [source, run] = [join(folder, "town.de"), join(folder, "run")];
  cpSync(DE, source);
  symlinkSync(source, join(folder, "link"));
  for (const argv of [
    ["mine", source, EN, "-o", source],
    ["mine", source, EN, "-o", join(folder, "link")],
    ["embed", source, "-o", source],
  ]) {
    const { code, stderr } = await crisscross(argv);
    t.is(code, 2, stderr);
    t.regex(stderr, /is also an input, which the output would replace/);
  }
  t.is(readFileSync(source, "utf8"), readFileSync(DE, "utf8"));
  await crisscross(["mine", source, EN, "--encoder", "ngram", "--run", run]);
  const spoilt = await crisscross(["select", run, "-o", join(run, "source.txt")]);
  t.is(spoilt.code, 2);
  const chosen = await crisscross(["select", run, "--threshold", "2", "-o", join(run, "pairs.tsv")]);
  t.is(chosen.code, 0, chosen.stderr);
});

test("a threshold that select tells gives the same pairs when it is typed", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await crisscross(["mine", DE, EN, "--encoder", "ngram", "--run", run]);
  for (const how of [
    ["--threshold", "auto"],
    ...["0.95", "0.9", "0.8"].map((share) => ["--precision", share]),
  ]) {
    const { stdout, stderr } = await crisscross(["select", run, ...how]);
    const [, told] = /^threshold (\S+): about/m.exec(stderr)!;
    t.is((await crisscross(["select", run, "--threshold", told])).stdout, stdout, told);
  }
});

test("a file that a run keeps is no output, whichever command asks, and pairs are", async (t) => {
  const folder = temporaryFolder(t);
  const run = join(folder, "run");
  await crisscross(["mine", DE, EN, "--encoder", "ngram", "--run", run]);
  symlinkSync(run, join(folder, "link"));
  const before = hashRunFiles(run);
  for (const argv of [
    ["select", run, "-o", join(run, ".lock")],
    ["mine", DE, EN, "-o", join(run, "source.txt")],
    ["embed", DE, "-o", join(run, "source.npy")],
    ["embed", DE, "-o", join(folder, "link", "candidates.cosine.npy")],
    ["convert", join(run, "pairs.tsv"), "-o", join(run, "target.txt")],
  ]) {
    const { code, stderr } = await crisscross(argv);
    t.is(code, 2, stderr);
    t.regex(stderr, /belongs to the run in .*, which the output would spoil/);
  }
  t.deepEqual(hashRunFiles(run), before);
  const own = await crisscross(["convert", join(run, "pairs.tsv"), "-o", join(run, "own.jsonl")]);
  t.is(own.code, 0, own.stderr);
});

test("pairs of before that a run leaves in its folder are told", async (t) => {
  const folder = temporaryFolder(t);
  const [run, other] = [join(folder, "run"), join(folder, "other.tsv")];
  const mine = ["mine", DE, EN, "--encoder", "ngram", "--run", run];
  const isOlder = /\/pairs\.tsv is older than this run, which leaves it as it is/;
  for (const argv of [mine, mine, [...mine, "-o", join(run, "pairs.tsv")]])
    t.notRegex((await crisscross(argv)).stderr, isOlder);
  for (const more of [
    ["-o", other],
    ["--output-format", "jsonl"],
  ])
    t.regex((await crisscross([...mine, ...more])).stderr, isOlder);
});

test("select --all writes every candidate of a run with its margin, cosine and ranks", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const mined = ["mine", "samples/town.de", "samples/town.en", "--k", "2", "--second-choice", "--quiet"];
  t.is((await crisscross([...mined, "--run", run])).code, 0);
  const { code, stdout, stderr } = await crisscross(["select", run, "--all", "--header"]);
  t.is(code, 0, stderr);
  const [header, ...lines] = stdout.trimEnd().split("\n");
  t.is(header, "score\tsource\ttarget\tcosine\tforwardRank\tbackwardRank");
  const rows = lines.map((line) => line.split("\t"));
  // Each of a sentence's two nearest is there, once.
  for (const [side, rank] of [
    [1, 4],
    [2, 5],
  ])
    for (const text of new Set(rows.map((row) => row[side]))) {
      const ranks = rows.flatMap((row) => (row[side] === text && row[rank] !== "0" ? [row[rank]] : []));
      t.deepEqual(ranks.sort(), ["1", "2"]);
    }
  t.deepEqual(
    rows.map(([score]) => Number(score)),
    rows.map(([score]) => Number(score)).sort((a, b) => b - a),
  );
  const columns = await crisscross(["select", run, "--all", "--columns", "line"]);
  t.is(columns.stdout.split("\n")[0].split("\t").length, 5);
  t.not((await crisscross(["select", run, "--all", "--retrieval", "max"])).code, 0);
});
