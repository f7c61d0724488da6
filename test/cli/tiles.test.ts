import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { killAt } from "./kill-at.js";
import { crisscross } from "./terminal.js";

const folder = mkdtempSync(join(tmpdir(), "crisscross-test-"));
const vectors = [join(folder, "de.npy"), join(folder, "en.npy")];
const shards = [join(folder, "shard-1"), join(folder, "shard-2")];
const merged = join(folder, "merged");

test.before("vectors of both sides, searched in two shards and merged", async (t) => {
  const done = async (...argv: string[]) => t.is((await crisscross(argv)).code, 0);
  for (const [i, text] of ["samples/town.de", "samples/town.en"].entries())
    await done("embed", text, "-o", vectors[i]);
  for (const [i, shard] of shards.entries())
    await done("search", ...vectors, "--source-shard", `${i + 1}/2`, "-o", shard);
  await done("merge", ...shards, "-o", merged);
});

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test("embed, search, merge and select print the pairs that mine prints", async (t) => {
  const again = await crisscross(["search", ...vectors, "--source-shard", "2/2", "-o", shards[1]]);
  t.is(again.stderr, `${shards[1]}: tile 2/2 × 1/1 · 260 sources × 260 targets · done before, kept\n`);
  const run = join(temporaryFolder(t), "run");
  const { stderr } = await crisscross(["merge", ...shards, "-o", run]);
  t.regex(stderr, /2 tiles · \d+ candidates/);
  const selected = await crisscross(["select", run, "--margin", "distance"]);
  const mined = await crisscross(["mine", "samples/town.de", "samples/town.en", "--margin", "distance"]);
  t.is(mined.code, 0);
  t.is(selected.stdout, mined.stdout);
});

test("a merge into another search's run leaves no counts of it, and tells of its pairs", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const towns = ["samples/town.de", "samples/town.en", "--encoder", "ngram"];
  await crisscross(["mine", ...towns, "--run", run]);
  const { code, stderr } = await crisscross(["merge", ...shards, "-o", run]);
  t.is(code, 0, stderr);
  t.regex(stderr, /\/pairs\.tsv is older than this run, which leaves it as it is/);
  t.false(existsSync(join(run, "stats.json")));
  t.true(existsSync(join(run, "pairs.tsv")));
});

test("a shard is no folder for a run, nor a run's folder a place for a shard; both stay as they are", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const towns = ["samples/town.de", "samples/town.en", "--encoder", "ngram"];
  await crisscross(["mine", ...towns, "--run", run]);
  const before = [hashRunFiles(shards[0]), hashRunFiles(run)];
  const mined = await crisscross(["mine", ...towns, "--run", shards[0]]);
  t.is(mined.code, 1);
  t.regex(mined.stderr, /shard-1: is not empty and has no manifest\.json, so it is not a run folder/);
  const searched = await crisscross(["search", ...vectors, "-o", run]);
  t.is(searched.code, 1);
  t.regex(searched.stderr, /run: is not a tile; expected a folder that search wrote/);
  t.deepEqual([hashRunFiles(shards[0]), hashRunFiles(run)], before);
});

for (const shard of ["17/16", "0/16", "a/b", "3", "1/0", "-1/4"]) {
  test(`--source-shard ${shard} is wrong usage`, async (t) => {
    const { code, stderr } = await crisscross([
      "search",
      "a.npy",
      "b.npy",
      `--source-shard=${shard}`,
      "-o",
      "shard",
    ]);
    t.is(code, 2);
    t.regex(stderr, /shard/);
    t.false(existsSync("shard"));
  });
}

test("a search killed while it writes leaves no shard, and gives it the next time", async (t) => {
  const folder = temporaryFolder(t);
  const shard = join(folder, "shard");
  const command = ["search", ...vectors, "--source-shard", "1/2", "-o", shard, "--quiet"];
  await killAt(t, /\/\.shard\.[^/]*part$/, command);
  t.false(existsSync(shard));
  t.is((await crisscross(command)).code, 0);
  t.deepEqual(hashRunFiles(shard), hashRunFiles(shards[0]));
  t.deepEqual(readdirSync(folder), ["shard"]);
});

for (const moment of [
  /\/source\.json$/,
  /\/\.source\.sentences\.part$/,
  /\/\.candidates\.cosine/,
  /\/candidates\.target/,
]) {
  test(`a merge killed when ${moment} appears gives the same files the next time`, async (t) => {
    const killed = join(temporaryFolder(t), "killed");
    const command = ["merge", ...shards, "-o", killed, "--quiet"];
    await killAt(t, moment, command);
    t.is((await crisscross(command)).code, 0);
    t.deepEqual(hashRunFiles(killed), hashRunFiles(merged));
  });
}
