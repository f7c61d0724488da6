import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import test, { type ExecutionContext } from "ava";
import { COMMANDS } from "../../cli/commands.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const FULL = "samples/town.en";
/** An encoder that opens at once. */
const SMALL = "test/embed/static/normalised";
const ENCODER = ["--encoder", SMALL];

/** What a command says of an input in which there is nothing, and how it ends. */
interface Case {
  /** Without the command's name. */
  argv: (input: string, folder: string) => string[];
  /** 0 where nothing makes nothing; 1 where there is nothing that could be told or made of it. */
  code: 0 | 1;
  says: RegExp;
  /** Of blank lines, if that is something else. */
  saysOfBlank?: RegExp;
}

const gives = (says: RegExp, argv: Case["argv"], saysOfBlank?: RegExp): Case => ({
  argv,
  code: 0,
  says,
  saysOfBlank,
});
const refuses = (says: RegExp, argv: Case["argv"], saysOfBlank?: RegExp): Case => ({
  argv,
  code: 1,
  says,
  saysOfBlank,
});
const out = (folder: string) => join(folder, "out.tsv");
const NO_SENTENCES = /: is empty; expected sentences\.\n/;
const ALL_BLANK = /: no sentence is left of 3 lines \(3 blank\); a side needs at least one\.\n/;

const CASES: Record<string, Case> = {
  mine: gives(NO_SENTENCES, (input, folder) => [input, FULL, ...ENCODER, "-o", out(folder)], ALL_BLANK),
  "mine --run": gives(
    NO_SENTENCES,
    (input, folder) => [input, FULL, ...ENCODER, "-o", out(folder), "--run", join(folder, "run")],
    ALL_BLANK,
  ),
  align: gives(
    /: has no sentences; every sentence of the other document stands alone\.\n/,
    (input, folder) => [input, FULL, ...ENCODER, "-o", out(folder)],
  ),
  score: gives(NO_SENTENCES, (input, folder) => [input, ...ENCODER, "-o", out(folder)], ALL_BLANK),
  filter: gives(
    /: is empty; expected pairs of sentences\.\n0 pairs · 0 kept/,
    (input, folder) => [input, "-o", out(folder)],
    /^3 pairs · 0 kept/m,
  ),
  dedup: gives(
    /: is empty; expected pairs of sentences\.\n0 pairs · 0 kept/,
    (input, folder) => [input, "-o", out(folder)],
    /^3 pairs · 1 kept/m,
  ),
  convert: gives(/^0 pairs/m, (input, folder) => [input, "-o", out(folder)], /^3 pairs/m),
  split: gives(
    /^0 pairs: train 0 · dev 0 · test 0/m,
    (input, folder) => [input, "-o", folder, "--test", "0", "--dev", "0"],
    /^3 pairs: train 3/m,
  ),
  "split --test": gives(
    /^0 pairs: train 0 · dev 0 · test 0/m,
    (input, folder) => [input, "-o", folder, "--test", "1", "--dev", "1"],
    /^3 pairs: train 1 · dev 1 · test 1/m,
  ),
  embed: gives(
    NO_SENTENCES,
    (input, folder) => [input, ...ENCODER, "-o", join(folder, "x.npy")],
    /^.*x\.npy: 3 rows/m,
  ),
  extract: refuses(/: no sentence is left of 0 records/, (input, folder) => [
    input,
    "--format",
    "text",
    "--languages",
    "en",
    "-o",
    join(folder, "sentences"),
  ]),
  criss: refuses(
    NO_SENTENCES,
    (input, folder) => [input, FULL, ...ENCODER, "--run", join(folder, "run")],
    ALL_BLANK,
  ),
  "train table": refuses(/fewer than two distinct pairs|an empty side/, (input, folder) => [
    "--from",
    SMALL,
    "--pairs",
    input,
    "-o",
    join(folder, "table"),
  ]),
  report: refuses(
    /: has no pairs; expected a bitext with scores\.\n/,
    (input, folder) => [input, "-o", join(folder, "out.html")],
    /: has no score in any of its 3 pairs/,
  ),
  "evaluate labels": refuses(/0 scored pairs labelled 1/, (input) => [input, "--label-column", "3"]),
  "evaluate pairs": refuses(/no gold pairs|expected two identifiers/, (input) => [input, "--gold", input]),
  "evaluate xsim": refuses(NO_SENTENCES, (input) => [input, FULL, ...ENCODER], /: has blank lines alone/),
  "evaluate retrieval": refuses(
    NO_SENTENCES,
    (input) => [input, FULL, ...ENCODER],
    /: has blank lines alone/,
  ),
  "evaluate parity": refuses(/: has no sentences/, (input) => [SMALL, SMALL, input]),
};

/** Commands of which no input is a text or a bitext. */
const OTHERS = ["select", "centroids", "search", "merge", "verify", "distil", "encoders"];

test("every command that reads texts or pairs is among those that are tried", (t) => {
  const tried = new Set(Object.keys(CASES).map((name) => name.split(" ")[0]));
  t.deepEqual(
    COMMANDS.map(({ name }) => name).filter((name) => !tried.has(name)),
    OTHERS,
  );
});

/** Commands that read their input twice, by its name. */
const NO_STREAM = new Set([
  "criss",
  "train table",
  "evaluate pairs",
  "evaluate xsim",
  "evaluate retrieval",
  "evaluate parity",
  "evaluate labels",
]);

async function check(t: ExecutionContext, name: string, input: string, says: RegExp) {
  const folder = temporaryFolder(t);
  const { argv, code } = CASES[name];
  const outcome = await crisscross([...command(name), ...argv(input, folder)], "");
  t.is(outcome.code, code, outcome.stderr);
  t.regex(outcome.stderr, says);
  t.is(outcome.stdout, "");
  return folder;
}

const command = (name: string) => name.split(" ").filter((word) => !word.startsWith("-"));

for (const [name, { says, saysOfBlank = says }] of Object.entries(CASES)) {
  test(`${name} ends alike of an empty file, compressed or not, and of a stream`, async (t) => {
    const folder = temporaryFolder(t);
    const [plain, packed] = [join(folder, "in.tsv"), join(folder, "in.tsv.gz")];
    writeFileSync(plain, "");
    writeFileSync(packed, gzipSync(""));
    for (const input of [plain, packed, ...(NO_STREAM.has(name) ? [] : ["-"])])
      await check(t, name, input, says);
  });
  test(`${name} says that there are blank lines alone`, async (t) => {
    const path = join(temporaryFolder(t), "in.txt");
    writeFileSync(path, "\n\n\n");
    await check(t, name, path, saysOfBlank);
  });
}

test("what is made of nothing is a whole file of nothing", async (t) => {
  const folder = temporaryFolder(t);
  const empty = join(folder, "empty.tsv");
  writeFileSync(empty, "");
  for (const name of ["mine", "score", "filter", "dedup", "convert"]) {
    const to = join(folder, `${name}.tsv.gz`);
    const inputs =
      name === "mine" ? [empty, FULL, ...ENCODER] : [empty, ...(name === "score" ? ENCODER : [])];
    t.is((await crisscross([name, ...inputs, "-o", to])).code, 0);
    t.is(gunzipSync(readFileSync(to)).length, 0, name);
  }
});

test("a bitext is empty in every format", async (t) => {
  const folder = temporaryFolder(t);
  const formats = {
    "a.tsv": "",
    "a.jsonl": "",
    "a.json": "[]",
    "a.tmx": "",
    "b.tmx": " \n",
    "a.xlf": "",
    "a.csv": "",
  };
  for (const [file, content] of Object.entries(formats)) {
    const path = join(folder, file);
    writeFileSync(path, content);
    const { code, stdout, stderr } = await crisscross(["convert", path, "--output-format", "tsv"]);
    t.deepEqual([code, stdout, stderr], [0, "", "0 pairs\n"], file);
  }
});

test("vectors of an empty text are mined as the text is, and searched by nothing", async (t) => {
  const folder = temporaryFolder(t);
  const [text, vectors, full] = [join(folder, "empty.de"), join(folder, "x.npy"), join(folder, "y.npy")];
  writeFileSync(text, "");
  await crisscross(["embed", text, ...ENCODER, "-o", vectors]);
  await crisscross(["embed", FULL, ...ENCODER, "-o", full]);
  const mined = await crisscross(["mine", vectors, full]);
  t.deepEqual([mined.code, mined.stdout], [0, ""]);
  t.regex(mined.stderr, /empty\.de: is empty; expected sentences/);
  const shard = await crisscross([
    "search",
    vectors,
    full,
    "--source-shard",
    "1/1",
    "--index",
    "exact",
    "-o",
    join(folder, "shard"),
  ]);
  t.is(shard.code, 1);
  t.regex(shard.stderr, /x\.npy: is empty; expected sentences/);
  const measured = await crisscross(["evaluate", "search", vectors, full]);
  t.is(measured.code, 1);
  t.regex(measured.stderr, /x\.npy: has no vectors/);
});

test("there is nothing to select from a run of an empty side", async (t) => {
  const folder = temporaryFolder(t);
  const [text, run] = [join(folder, "empty.de"), join(folder, "run")];
  mkdirSync(run);
  writeFileSync(text, "");
  t.is((await crisscross(["mine", text, FULL, ...ENCODER, "--run", run])).code, 0);
  const { code, stderr } = await crisscross(["select", run]);
  t.is(code, 1);
  t.regex(stderr, /source\.txt: is empty; expected sentences/);
});

test("a folder as standard input is not taken for an empty one, whether it is read or copied", (t) => {
  const folder = temporaryFolder(t);
  const stdin = openSync(folder, "r");
  t.teardown(() => closeSync(stdin));
  for (const command of ["convert", "dedup"]) {
    const argv = ["dist/cli/crisscross.js", command, "-", "-o", out(folder)];
    const { status, stderr } = spawnSync(process.execPath, argv, { stdio: [stdin, "pipe", "pipe"] });
    const refusal = "crisscross: standard input: is a folder; expected a file. Redirect a file in it.\n";
    t.deepEqual([status, String(stderr)], [1, refusal]);
  }
  t.deepEqual(readdirSync(folder), []);
});
