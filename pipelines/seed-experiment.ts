/**
 * What the loop learns of languages that its start does not know: NLLB-Seed's pairs taken apart in thirds, of which none
 * is given to it; gold is asked for figures only.
 *
 *   node dist/pipelines/seed-experiment.js [--shared ../shared] [--work .cache/seed] [--only fur_Latn,bam_Latn]
 *     [--threads 2] [--results test/bench/results/seed.json]
 *
 * What is done already is kept. Two cores take about half an hour for all.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CrissSummary, criss, type JobEvent } from "../src/index.js";
import { takeApart } from "./criss-experiment/thirds.js";
import { formatSeed, type SeedResults } from "./seed-experiment/format-seed.js";

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
console.log(formatSeed(readResults()));

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
  keep({ [language]: { best, rounds: done } });
}

function readResults(): SeedResults {
  return existsSync(where.results) ? JSON.parse(readFileSync(where.results, "utf8")) : {};
}

function keep(results: SeedResults): void {
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toFixed(4)) : value;
  writeFileSync(where.results, `${JSON.stringify({ ...readResults(), ...results }, rounded, 1)}\n`);
}

function tell(event: JobEvent): void {
  if (event.kind === "note" || event.kind === "warning") console.error(event.message);
}
