import { spawnSync } from "node:child_process";
import test from "ava";
import { estimateCosts, type Plan } from "../../pipelines/cluster/estimate-costs.js";
import { formatCosts } from "../../pipelines/cluster/format-costs.js";
import { MULTIPLIED, TILED } from "../../pipelines/cluster/rates.js";
import { marked } from "../readmes/find.js";

const PLAN: Plan = { sentences: 1e6, dimensions: 384, encoder: "e5-small", index: "exact", shard: 250_000 };

const stepsOf = (plan: Plan) => new Map(estimateCosts(plan).map((step) => [step.step, step]));
const about = (one: number, other: number) => Math.abs(one / other - 1) < 1e-9;

test("the README's costs are those of the script", (t) => {
  const { stdout } = spawnSync(process.execPath, ["dist/pipelines/cluster/costs.js"], { encoding: "utf8" });
  t.is(marked("pipelines/cluster/README.md", "costs"), stdout.trim());
});

test("an exact search multiplies every pair once, in tiles that read both sides again for each shard", (t) => {
  const search = stepsOf(PLAN).get("search")!;
  t.is(search.jobs, 16);
  // At 10¹⁰ pairs in 11.7 s by two threads.
  t.true(about(search.coreSeconds, 2340));
  // 4 shards × 2 × 10⁶ rows of 1,536 bytes; and as many rows of 148.
  t.is(search.readBytes, 12_288_000_000);
  t.is(search.diskBytes, 1_184_000_000);
  t.true(about(stepsOf({ ...PLAN, dimensions: 768 }).get("search")!.coreSeconds, 4680));
});

test("an inverted file compares with its centroids, and with the rows of 50 of its lists", (t) => {
  const search = stepsOf({ ...PLAN, index: "ivf" }).get("search")!;
  // 4,000 lists, of 250 rows each.
  const products = 2e6 * (4000 + (50 * 1e6) / 4000);
  t.true(about(search.coreSeconds, (products * TILED) / MULTIPLIED.ivf));
  t.true(stepsOf({ ...PLAN, index: "ivf" }).has("centroids"));
  t.false(stepsOf(PLAN).has("centroids"));
});

test("every part and row of tiles is a job, and the vectors of all are kept", (t) => {
  const steps = stepsOf(PLAN);
  t.is(steps.get("embed")!.jobs, 8);
  t.is(steps.get("embed")!.diskBytes, 3_072_000_000);
  t.is(steps.get("merge rows")!.jobs, 4);
  // Sources once, targets in each of four rows: 5 × 10⁶ rows of 148 bytes.
  t.is(steps.get("merge rows")!.diskBytes, 740_000_000);
});

test("the step that takes most is named", (t) => {
  t.regex(formatCosts(PLAN), /^\| 1,000,000 × 1,000,000, e5-small, exact \| jobs \|/);
  t.regex(formatCosts({ ...PLAN, sentences: 1000, shard: 1000 }), /`embed` takes most: \d+ %/);
  t.regex(formatCosts({ ...PLAN, sentences: 1e9, shard: 1e7 }), /`search` takes most: \d+ %/);
});

for (const [argv, says] of [
  [["--sentences", "many"], /--sentences is many; expected a whole number above 0/],
  [["--shard", "0"], /--shard is 0; expected a whole number above 0/],
  [["--index", "hnsw"], /--index is hnsw; expected one of exact, ivf/],
  [["--encoder", "bge"], /--encoder is bge; expected one of builtin, e5-small/],
] as const)
  test(`costs of ${argv.join(" ")} are refused`, (t) => {
    const { status, stderr } = spawnSync(process.execPath, ["dist/pipelines/cluster/costs.js", ...argv], {
      encoding: "utf8",
    });
    t.is(status, 1);
    t.regex(stderr, says);
  });
