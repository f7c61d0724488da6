import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent, MineOptions, MineSummary, ScoredPair } from "../../../src/index.js";
import { mine } from "../../../src/jobs/mine.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import { tableEncoder } from "../../jobs/table-encoder.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** Of length 1. Cosines: a–a′ 0.96; a–A 0.8, a′–A 0.768, b–A 0.6; a–B 0, a′–B 0.168, b–B 0.8. */
const encoder = tableEncoder({
  a: [1, 0, 0],
  "a′": [0.96, 0.28, 0],
  b: [0, 0, 1],
  A: [0.8, 0, 0.6],
  B: [0, 0.6, 0.8],
});

const SOURCE = ["a", "b", "a′", "a"].map((text, i) => ({ text, line: i + 1, id: `s${i + 1}` }));
const TARGET = ["A", "B"];

async function all(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const list: ScoredPair[] = [];
  for await (const pair of pairs) list.push(pair);
  return list.sort((x, y) => x.source.lines[0] - y.source.lines[0]);
}

async function mineAll(options: MineOptions = {}) {
  let summary: MineSummary | undefined;
  const onSummary = (given: MineSummary) => {
    summary = given;
  };
  const pairs = await all(mine(SOURCE, TARGET, { encoder, k: 2, ...options, onSummary }));
  return { pairs, summary: summary! };
}

const COLLAPSED = { collapseNearDuplicates: 0.95 };

test("the first of near-duplicates is searched for all of them, and its pair has their lines and ids", async (t) => {
  const { pairs, summary } = await mineAll(COLLAPSED);
  t.deepEqual(
    pairs.map(({ source, target }) => [source.text, source.lines, source.ids, target.text]),
    [
      ["a", [1, 4, 3], ["s1", "s4", "s3"], "A"],
      ["b", [2], ["s2"], "B"],
    ],
  );
  t.deepEqual([summary.source.nearDuplicates, summary.target.nearDuplicates], [1, 0]);
  t.is(summary.source.sentences, 3);
});

test("near-duplicates no longer fill a neighbourhood", async (t) => {
  const scores = async (options: MineOptions) => (await mineAll(options)).pairs.map(({ score }) => score);
  const near = (found: number, expected: number) => t.true(Math.abs(found - expected) < 1e-6, String(found));
  // m(a) = (0.8 + 0) / 2, and m(A) = (0.8 + 0.768) / 2, or (0.8 + 0.6) / 2 without a′.
  near((await scores({}))[0], 0.8 / ((0.4 + 0.784) / 2));
  near((await scores(COLLAPSED))[0], 0.8 / ((0.4 + 0.7) / 2));
});

test("a run that lost which sentences stand for which is searched again, and select says what is missing", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { pairs } = await mineAll({ ...COLLAPSED, run });
  rmSync(join(run, "source.stands-for.npy"));
  await t.throwsAsync(all(selectRun(run)), {
    instanceOf: InputError,
    message: /source\.stands-for\.npy: is missing/,
  });
  t.deepEqual((await mineAll({ ...COLLAPSED, run })).pairs, pairs);
  t.deepEqual(await all(selectRun(run)), pairs);
});

test("a threshold above every cosine changes nothing", async (t) => {
  const { pairs, summary } = await mineAll({ collapseNearDuplicates: 0.97 });
  t.deepEqual(pairs, (await mineAll()).pairs);
  t.is(summary.source.nearDuplicates, 0);
});

for (const index of ["exact", "hnsw", "usearch"] as const) {
  test(`a run folder keeps which sentences stand for which, and select gives their lines: ${index}`, async (t) => {
    const run = join(temporaryFolder(t), "run");
    const options = { ...COLLAPSED, index, run };
    const { pairs } = await mineAll(options);
    t.deepEqual(pairs, (await mineAll(COLLAPSED)).pairs);
    t.deepEqual(await all(selectRun(run)), pairs);
    t.is(JSON.parse(readFileSync(join(run, "stats.json"), "utf8")).source.nearDuplicates, 1);
    const files = hashRunFiles(run);
    t.deepEqual((await mineAll(options)).pairs, pairs);
    t.deepEqual(hashRunFiles(run), files);

    t.deepEqual((await mineAll({ index, run })).pairs, (await mineAll()).pairs);
    t.false(existsSync(join(run, "source.stands-for.npy")));
  });
}

for (const index of ["hnsw", "usearch"] as const) {
  test(`a side is looked up in one graph of its own, and never the other way round: ${index}`, async (t) => {
    const built: string[] = [];
    const onEvent = (event: JobEvent) => {
      if (event.kind !== "progress" || !event.stage.startsWith("index ")) return;
      if (event.done === 0) built.push(`${event.stage} of ${event.total}`);
    };
    await mineAll({ ...COLLAPSED, index, onEvent });
    // Within the three sources and the two targets; then both ways between those that are left.
    t.deepEqual(built, ["index target of 3", "index target of 2", "index target of 2", "index source of 2"]);
  });
}

for (const collapseNearDuplicates of [0, -0.5, 1.01, Number.NaN]) {
  test(`a cosine of ${collapseNearDuplicates} is wrong usage`, async (t) => {
    await t.throwsAsync(mineAll({ collapseNearDuplicates }), {
      instanceOf: OptionError,
      message: /expected a cosine above 0 and at most 1/,
    });
  });
}
