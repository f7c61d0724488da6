/**
 * What the loop learns of languages that its start does not know: NLLB-Seed's pairs taken apart in thirds, of which none
 * is given to it; gold is asked for figures only.
 *
 *   node dist/pipelines/seed-experiment.js [--shared ../shared] [--work .cache/seed] [--only fur_Latn,bam_Latn]
 *     [--threads 2] [--results test/bench/results/seed.json]
 *
 * What is done already is kept. Two cores take about half an hour for all.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CrissSummary, criss } from "../src/index.js";
import { keepResult, readResults } from "./criss-experiment/results-file.js";
import { tell } from "./criss-experiment/tell.js";
import { takeApart } from "./criss-experiment/thirds.js";
import { formatSeed, type SeedRun } from "./seed-experiment/format-seed.js";

const FILE = /^en-(.*)\.tsv\.xz$/;

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/seed" },
    only: { type: "string" },
    threads: { type: "string" },
    results: { type: "string", default: "test/bench/results/seed.json" },
  },
});
const seed = join(where.shared, "data", "seed");
const languages = readdirSync(seed).flatMap((name) => FILE.exec(name)?.[1] ?? []);
mkdirSync(where.work, { recursive: true });
for (const language of where.only?.split(",") ?? languages) await run(language);
console.log(formatSeed(readResults(where.results)));

async function run(language: string): Promise<void> {
  const texts = await takeApart(join(seed, `en-${language}.tsv.xz`), join(where.work, "texts", language), {
    rows: Number.POSITIVE_INFINITY,
  });
  const gold = { [`${language}-en`]: texts.gold };
  let summary: CrissSummary | undefined;
  const rounds = criss([{ [language]: texts.other, en: texts.english }], {
    run: join(where.work, "runs", language),
    gold,
    threads: where.threads === undefined ? undefined : Number(where.threads),
    onEvent: tell,
    onSummary: (end) => {
      summary = end;
    },
  });
  for await (const { round, mean } of rounds)
    console.error(`${language}, round ${round}: P@1 ${mean.precisionAt1?.toFixed(3)}`);
  const { best, rounds: done } = summary!;
  keepResult<SeedRun>(where.results, language, { best, rounds: done });
}
