/**
 * What the loop learns from texts alone: the rounds of three starts, each on texts that were taken from translation pairs,
 * of which none is given to it; gold is asked for figures only.
 *
 *   node dist/pipelines/criss-experiment.js [--shared ../shared] [--work .cache/criss] [--only distilled,ngram-de]
 *     [--model ../shared/models/multilingual-e5-small] [--results test/bench/results/criss.json]
 *
 * What is done already is kept. Two cores take about two hours for all, one of them for `distilled`.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CrissOptions, distil } from "../src/index.js";
import { followLoop } from "./criss-experiment/follow-loop.js";
import { formatResults } from "./criss-experiment/format-results.js";
import { keepResult, readResults } from "./criss-experiment/results-file.js";
import { tell } from "./criss-experiment/tell.js";
import { takeApart } from "./criss-experiment/thirds.js";

const SIXTEEN = [
  "ar",
  "de",
  "es",
  "et",
  "fi",
  "fr",
  "hi",
  "it",
  "ja",
  "ko",
  "nl",
  "ru",
  "sw",
  "tr",
  "vi",
  "zh",
];

/** Trains on every pair as it is, and on many of them from the first round on: less than the defaults do. */
const PLAIN = {
  quantile: [0.5, 0.4, 0.3],
  hideKnown: 0,
  emaDecay: 0,
  pieceDropout: 0,
  epochs: 6,
  leastSteps: 1,
  learningRate: 0.03,
  mapLearningRate: 1e-3,
  scale: 20,
  validation: 256,
  patience: 9,
};

/** From nothing. */
const NGRAM = { encoder: "ngram" };

interface Experiment {
  languages: readonly string[];
  rows: number;
  origin?: string;
  tatoeba?: boolean;
  options: Omit<CrissOptions, "run">;
}

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/criss" },
    only: { type: "string" },
    model: { type: "string" },
    results: { type: "string", default: "test/bench/results/criss.json" },
  },
});
const shared = (name: string) => join(where.shared, name);
mkdirSync(where.work, { recursive: true });
const distilled = join(where.work, "distilled-table");

const sixteen = { languages: SIXTEEN, rows: 30_000, tatoeba: true };
const EXPERIMENTS: Record<string, Experiment> = {
  distilled: { ...sixteen, options: { encoder: distilled } },
  builtin: { ...sixteen, options: { ...PLAIN, rounds: 3 } },
  "ngram-de": { languages: ["de"], rows: 20_000, origin: "ddtp", options: NGRAM },
  "ngram-ru": { languages: ["ru"], rows: 10_000, origin: "ddtp", options: NGRAM },
  "ngram-ja": { languages: ["ja"], rows: 10_000, origin: "ddtp", options: NGRAM },
};

const wanted = where.only?.split(",") ?? Object.keys(EXPERIMENTS);
for (const name of wanted) await run(name, EXPERIMENTS[name]);
console.log(formatResults(readResults(where.results)));

async function run(name: string, { languages, rows, origin, tatoeba, options }: Experiment): Promise<void> {
  if (options.encoder === distilled && !existsSync(distilled))
    await distil(where.model ?? shared("models/multilingual-e5-small"), distilled, { onEvent: tell });
  const pairs: Record<string, string>[] = [];
  const gold: Record<string, string> = {};
  for (const language of languages) {
    const folder = join(where.work, "texts", `${language}-${origin ?? "all"}-${rows}`);
    const file = shared(`data/parallel/en-${language}.tsv.xz`);
    const texts = await takeApart(file, folder, { rows, origin });
    pairs.push({ [language]: texts.other, en: texts.english });
    gold[`${language}-en`] = texts.gold;
  }
  const evaluateOn = tatoeba ? shared("data/tatoeba") : undefined;
  const how = { gold, evaluateOn, run: join(where.work, name) };
  const { rounds } = await followLoop(name, pairs, { ...options, ...how });
  keepResult(where.results, name, rounds);
}
