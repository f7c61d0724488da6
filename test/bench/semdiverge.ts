/**
 * How well scores tell pairs of the same meaning from pairs of different meaning, by the labels of
 * ../shared/data/quality/semdiverge (English and French, of web pages and of subtitles): the area under the ROC curve,
 * with 95 % bootstrap intervals, for the built-in encoder, a Transformer, and both. Writes results/semdiverge.json, from
 * which the README's table is made. A few minutes on two cores.
 *
 *   node dist/test/bench/semdiverge.js --encoder FOLDER [--variant NAME] [--prompt TEXT] [--label NAME]
 */
import { writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { areaUnderCurve } from "../../src/evaluate/auc.js";
import { bootstrapValue } from "../../src/evaluate/bootstrap.js";
import { type ScoreOptions, scoreBitext } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import {
  formatSemdiverge,
  HALVES,
  RESULTS,
  SCORED,
  type ScoredBy,
  type SemdivergeResults,
} from "./semdiverge-table.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    prompt: { type: "string", default: "query: " },
    label: { type: "string", default: "e5-small" },
  },
});
const { encoder, prompt, label } = values;
if (encoder === undefined) throw new Error("Give --encoder, the folder of a Transformer.");

const own = { encoder, prompt };
const encoders: Record<string, Partial<ScoreOptions>> = {
  builtin: {},
  [`${label} int8`]: { ...own, variant: "quantized" },
  [`${label} float32`]: { ...own, variant: "model" },
  [`${label} float32, centred`]: { ...own, variant: "model", centre: true },
  [`${label} float32, blend builtin:0.3`]: {
    ...own,
    variant: "model",
    blend: { encoder: "builtin", weight: 0.3 },
  },
  [`${label} float32, blend builtin:0.5`]: {
    ...own,
    variant: "model",
    blend: { encoder: "builtin", weight: 0.5 },
  },
};
const reference = `${label} float32`;

const folder = await mkdtemp(join(tmpdir(), "crisscross-semdiverge-"));
const scores: Record<string, Record<string, Record<ScoredBy, number[]>>> = {};
const labels: Record<string, boolean[]> = {};
try {
  for (const [half, file] of Object.entries(HALVES)) {
    const path = sharedPath(`data/quality/semdiverge/${file}`);
    const rows = (await readFile(path, "utf8")).trimEnd().split("\n");
    labels[half] = rows.map((row) => row.split("\t")[2].trim() === "1");
    scores[half] = {};
    for (const [name, options] of Object.entries(encoders))
      scores[half][name] = await scoreHalf(path, options);
  }
} finally {
  await rm(folder, { recursive: true });
}

const results: SemdivergeResults = { machine: describeMachine(), reference, halves: {} };
for (const half of Object.keys(HALVES)) {
  const truth = labels[half];
  const areaOf = (found: number[], sample: number[]) =>
    areaUnderCurve(
      sample.map((i) => found[i]),
      sample.map((i) => truth[i]),
    );
  const all = [...truth.keys()];
  const figureOf = (found: number[]) => {
    const standard = scores[half][reference].cosine;
    const gain = (sample: number[]) => areaOf(found, sample) - areaOf(standard, sample);
    return {
      auc: round(areaOf(found, all)),
      interval: rounded(bootstrapValue(truth.length, (sample) => areaOf(found, sample))),
      gain: round(gain(all)),
      gainInterval: rounded(bootstrapValue(truth.length, gain)),
    };
  };
  results.halves[half] = {
    pairs: truth.length,
    same: truth.filter(Boolean).length,
    encoders: Object.fromEntries(
      Object.entries(scores[half]).map(([name, by]) => [
        name,
        Object.fromEntries(SCORED.map((score) => [score, figureOf(by[score])])),
      ]),
    ),
  } as SemdivergeResults["halves"][string];
}
writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
console.log(formatSemdiverge(results));

async function scoreHalf(path: string, options: Partial<ScoreOptions>): Promise<Record<ScoredBy, number[]>> {
  const output = join(folder, "scored.jsonl");
  await scoreBitext(path, output, {
    ...options,
    read: { format: "tsv", columns: [1, 2] },
    add: SCORED,
  });
  const pairs = (await readFile(output, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const by = SCORED.map((score) => [score, pairs.map((pair) => pair[score] as number)]);
  return Object.fromEntries(by) as Record<ScoredBy, number[]>;
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

function rounded({ low, high }: { low: number; high: number }) {
  return { low: round(low), high: round(high) };
}
