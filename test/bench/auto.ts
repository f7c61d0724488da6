/**
 * What `--index auto` chooses at a recall, beside all that it chooses from: seconds from the built-in encoder's vectors of
 * lines of parallel/ to the neighbours of both sides, in turn, medians; recall@4 of 2,000 rows of each side; and how much
 * longer the choice takes than the fastest that reaches the recall.
 *
 *   node dist/test/bench/auto.js [--rows 10000,30000,100000] [--recall 0.98] [--runs 3] [--without float32]
 */
import { parseArgs } from "node:util";
import type { BothWays } from "../../src/search/both-ways.js";
import { sampleRecall } from "../../src/search/sample-recall.js";
import { chooseEngine, type Engine } from "../../src/steps/neighbours/indexes/choose-engine.js";
import { openIndex } from "../../src/steps/neighbours/indexes/indexes.js";
import { makeAnew } from "../../src/store/run/stage.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { parallelVectors } from "./parallel-vectors.js";

const K = 4;
const SAMPLE = 2000;
const DIMENSIONS = 384;
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "10000,30000,100000" },
    recall: { type: "string", default: "0.98" },
    runs: { type: "string", default: "3" },
    without: { type: "string" },
  },
});
const ALL: Engine[] = [
  { index: "exact", type: "float32" },
  { index: "exact", type: "int8" },
  { index: "ivf", type: "int8" },
];
const ENGINES = ALL.filter(({ type }) => type !== values.without);
const recall = Number(values.recall);
const name = ({ index, type }: Engine) => (index === "exact" ? `exact, ${type}` : index);

console.log(`${describeMachine()} · recall@${K} ${recall} · seconds, median of ${values.runs}, in turn`);
console.log(`| lines a side | ${ENGINES.map(name).join(" | ")} | auto | beside the fastest |`);
console.log(`| ---: | ${ENGINES.map(() => "---: |").join(" ")} --- | ---: |`);
for (const rows of values.rows.split(",").map(Number)) console.log(await measureSize(rows));

async function measureSize(rows: number): Promise<string> {
  const vectors = await parallelVectors(rows, DIMENSIONS);
  const seconds = ENGINES.map((): number[] => []);
  const recalls = ENGINES.map(() => 0);
  for (let run = 0; run < Number(values.runs); run++)
    for (const [i, engine] of ENGINES.entries()) {
      const start = performance.now();
      const found = await search(engine, vectors);
      seconds[i].push((performance.now() - start) / 1000);
      recalls[i] ||= await recallOf(found, vectors);
    }
  const medians = seconds.map(median);
  const chosen = chooseEngine({ recall }, { source: rows, target: rows, dimensions: DIMENSIONS });
  const choice = ENGINES.findIndex((engine) => name(engine) === name(chosen));
  const fastest = Math.min(...medians.filter((_, i) => recalls[i] >= recall));
  const cells = medians.map((median, i) => `${median.toFixed(2)} (${recalls[i].toFixed(4)})`);
  return `| ${rows} | ${cells.join(" | ")} | ${name(chosen)} | ${(medians[choice] / fastest).toFixed(2)} × |`;
}

type Sides = Awaited<ReturnType<typeof parallelVectors>>;

async function search(engine: Engine, { source, target }: Sides): Promise<BothWays> {
  const context = { keep: makeAnew, vectorsKey: {}, onEvent: () => {} };
  const index = openIndex(engine, engine.index === "ivf" ? { recall } : {}, context);
  const sides = { source: allOf(source), target: allOf(target) };
  return index.search(sides, K + index.extra);
}

function allOf(vectors: Sides["source"]) {
  return { vectors, rowNumbers: Uint32Array.from({ length: vectors.rows }, (_, row) => row) };
}

/** Of both directions, the mean. */
async function recallOf({ forward, backward }: BothWays, { source, target }: Sides): Promise<number> {
  const options = { sample: SAMPLE, k: K };
  const one = await sampleRecall(forward, source, target, options);
  const other = await sampleRecall(backward, target, source, options);
  return (one.recall + other.recall) / 2;
}
