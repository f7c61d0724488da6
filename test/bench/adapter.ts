/**
 * What an adapter gains that is trained on nothing but what it mined: texts of sixteen languages and English, from
 * `parallel/` without its pairs, through the loop; then the best round's encoder beside the start on the mining sets,
 * both centred, by a paired bootstrap. Writes results/adapter.json.
 *
 *   node dist/test/bench/adapter.js --encoder FOLDER [--variant NAME] [--rows 3000] [--rounds 3] [--rank N] [--epochs N]
 *     [--scale X] [--learning-rate X] [--additive-margin X] [--hard-negatives N] [--work FOLDER] [--cache FOLDER]
 *     [--label NAME]
 *
 * `--work` keeps texts and runs, and goes on where it was interrupted; `--cache` remembers the start's vectors of the
 * mining sets, through which the layer is then put. Without them a small Transformer takes an hour on two cores.
 */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Thirds, takeApart } from "../../pipelines/criss-experiment/thirds.js";
import {
  type CrissSummary,
  criss,
  type Encoder,
  evaluateBucc,
  findBuccTasks,
  type Interval,
  openEncoder,
} from "../../src/index.js";
import { openAdapterLayer } from "../../src/jobs/criss/trainers/adapter-layer.js";
import { cacheVectors } from "../../src/jobs/evaluate/vector-cache.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const LANGUAGES = "ar cs de es et fi fr hi it ja ko nl ru tr vi zh".split(" ");
const RESULTS = "test/bench/results/adapter.json";

interface MiningRow {
  name: string;
  f1: number;
  gained: number;
  interval?: Interval;
}

const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    variant: { type: "string" },
    rows: { type: "string", default: "3000" },
    rounds: { type: "string", default: "3" },
    rank: { type: "string" },
    epochs: { type: "string" },
    scale: { type: "string" },
    "learning-rate": { type: "string" },
    "additive-margin": { type: "string" },
    "hard-negatives": { type: "string" },
    work: { type: "string" },
    cache: { type: "string" },
    label: { type: "string", default: "adapter" },
  },
});
const { encoder: start, variant, cache, label } = values;
if (start === undefined) throw new Error("Give --encoder, the folder of a Transformer.");
const work = values.work ?? mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const numberOf = (text?: string) => (text === undefined ? undefined : Number(text));
const choices = {
  rounds: Number(values.rounds),
  quantile: [0.5, 0.4, 0.3],
  rank: numberOf(values.rank),
  epochs: numberOf(values.epochs),
  scale: numberOf(values.scale),
  learningRate: numberOf(values["learning-rate"]),
  additiveMargin: numberOf(values["additive-margin"]),
  hardNegatives: numberOf(values["hard-negatives"]),
};

console.log(`${describeMachine()} · ${start} ${variant ?? ""}`);
const pairs: ({ language: string } & Thirds)[] = [];
for (const language of LANGUAGES) {
  const file = join(sharedPath("data/parallel"), `en-${language}.tsv.xz`);
  const folder = join(work, "texts", `${language}-${values.rows}`);
  pairs.push({ language, ...(await takeApart(file, folder, { rows: Number(values.rows) })) });
}

const run = join(work, label);
let summary: CrissSummary | undefined;
const rounds = criss(
  pairs.map(({ language, other, english }) => ({ [language]: other, en: english })),
  {
    ...choices,
    run,
    encoder: start,
    variant,
    trainer: "adapter",
    gold: Object.fromEntries(pairs.map(({ language, gold }) => [`${language}-en`, gold])),
    onSummary: (given) => {
      summary = given;
    },
  },
);
for await (const { round, mean } of rounds) console.log(`round ${round}: ${JSON.stringify(mean)}`);
const { best, rounds: figures } = summary!;

const opened = await openEncoder(start, { variant });
const base: Encoder = cache === undefined ? opened : await cacheVectors(opened, cache);
const layer = await openAdapterLayer(join(run, "encoder"), base.dimensions);
const adapted: Encoder = {
  ...base,
  space: `${base.space}+${layer.digest.slice(0, 12)}`,
  encode: async (sentences, options) => layer.apply(await base.encode(sentences, options)),
};
const report = await evaluateBucc(await findBuccTasks(sharedPath("data/mining")), {
  encoder: adapted,
  against: base,
  centre: true,
  confidence: true,
  margins: ["ratio", "distance"],
});
await layer.close();
await base.close?.();
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {};
const mining: MiningRow[] = report.rows.map(({ name, figures: row }) => ({
  name,
  f1: round(row["best F1"].value),
  gained: round(row["F1 gained"].value),
  interval: row["F1 gained"].interval,
}));
for (const row of mining) {
  row.interval ??= intervalOfMean(row, mining);
  const { low, high } = row.interval;
  row.interval = { low: round(low), high: round(high) };
  console.log(
    `${row.name}: F1 ${row.f1.toFixed(3)}, gained ${signed(row.gained)} (${signed(low)} to ${signed(high)})`,
  );
}
results[label] = {
  machine: describeMachine(),
  start: opened.space,
  choices,
  best,
  rounds: figures,
  mining,
};
writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

/** Of a mean over the sets of one margin, from their own intervals, as if the sets had no sentence in common. */
function intervalOfMean({ name, gained }: MiningRow, rows: readonly MiningRow[]): Interval {
  const margin = name.split(", ").at(-1)!;
  const halves = rows
    .filter((row) => row.interval && row.name.endsWith(margin))
    .map(({ interval }) => (interval!.high - interval!.low) / 2);
  const half = Math.hypot(...halves) / halves.length;
  return { low: gained - half, high: gained + half };
}
