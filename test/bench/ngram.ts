/**
 * What the ngram encoder finds before it has learned anything: the 20,000 en–de package descriptions of parallel/,
 * shuffled and cut in thirds; source = thirds 1 and 2 (German), target = thirds 1 and 3 (English), gold = third 1.
 *
 *   node dist/test/bench/ngram.js [--seeds 3]
 */
import { parseArgs } from "node:util";
import { bestBucc } from "../../src/evaluate/bucc.js";
import { mine } from "../../src/index.js";
import { randomNumbers } from "../random.js";
import { describeMachine } from "./machine.js";
import { readParallel } from "./parallel.js";

const { values } = parseArgs({ options: { seeds: { type: "string", default: "3" } } });
const rows = (await readParallel("de")).filter(({ origin }) => origin === "ddtp");

console.log(`${describeMachine()} · ${rows.length} rows · ratio, k = 4, max`);
for (let seed = 1; seed <= Number(values.seeds); seed++) {
  const shuffled = shuffle(rows, seed);
  const third = Math.floor(rows.length / 3);
  const common = shuffled.slice(0, third);
  const source = [...common, ...shuffled.slice(third, 2 * third)].map((row) => row.other);
  const target = [...common, ...shuffled.slice(2 * third)].map((row) => row.english);
  const gold = new Set(common.map((row) => `${row.other.trim()}\t${row.english.trim()}`));
  const predictions = [];
  for await (const pair of mine(source, target, { encoder: "ngram" })) {
    predictions.push({ score: pair.score, correct: gold.has(`${pair.source.text}\t${pair.target.text}`) });
  }
  const best = bestBucc(predictions, gold.size);
  const figures = [best.f1, best.precision, best.recall].map((figure) => figure.toFixed(3));
  console.log(`shuffle ${seed}: best F1 ${figures[0]} (precision ${figures[1]}, recall ${figures[2]})`);
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const next = randomNumbers(seed);
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}
