/**
 * What the loop learns of languages that its start does not know: NLLB-Seed's pairs taken apart in thirds, of which none
 * is given to it; gold is asked for figures only.
 *
 *   node dist/pipelines/seed-experiment.js [--shared ../shared] [--work .cache/seed] [--only fur_Latn,bam_Latn]
 *     [--with sentences] [--encoder ngram] [--variant quantized] [--threads 2] [--results test/bench/results/seed.json]
 *
 * `--with sentences` gives it 300 translations, `--with words` a list of 500 words. For both, 300 rows are set aside
 * before the others are taken apart. `--encoder` is what the loop starts from, if not `builtin`: `ngram`, or the folder of a
 * Transformer, which learns by an adapter.
 *
 * What is done already is kept. Two cores take about half an hour for all.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { keepResult, readResults } from "./criss-experiment/results-file.js";
import { takeApart } from "./criss-experiment/thirds.js";
import { formatSeed, formatSeeded, NOTHING, nameRun, type SeedRun } from "./seed-experiment/format-seed.js";
import { GIVEN, giveTo, isGift } from "./seed-experiment/give.js";
import { findStart, runLoop } from "./seed-experiment/run-loop.js";

const FILE = /^en-(.*)\.tsv\.xz$/;

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/seed" },
    only: { type: "string" },
    with: { type: "string" },
    encoder: { type: "string", default: "builtin" },
    variant: { type: "string" },
    threads: { type: "string" },
    results: { type: "string", default: "test/bench/results/seed.json" },
  },
});
const seed = join(where.shared, "data", "seed");
const languages = readdirSync(seed).flatMap((name) => FILE.exec(name)?.[1] ?? []);
const start = { encoder: where.encoder, variant: where.variant };
const encoder = basename(where.encoder);
mkdirSync(where.work, { recursive: true });
for (const language of where.only?.split(",") ?? languages)
  await (where.with === undefined ? runAlone(language) : runWith(language, where.with));
const results = readResults<SeedRun>(where.results);
console.log([formatSeed(results, encoder), formatSeeded(results)].join("\n\n"));

async function runAlone(language: string): Promise<void> {
  const texts = await takeTexts(language, { folder: language, aside: 0 });
  const name = nameRun({ language, gift: NOTHING, encoder });
  keepResult<SeedRun>(where.results, name, await runLoop(language, texts, { ...settings(name), ...start }));
}

/** The built-in encoder without what is given, which is measured beside it, has no part in the loop. */
async function runWith(language: string, gift: string): Promise<void> {
  if (!isGift(gift)) throw new Error(`--with ${gift}: expected one of ${GIVEN.join(", ")}.`);
  const texts = await takeTexts(language, { folder: `${language}+`, aside: 300 });
  const before = await findStart(language, texts, settings(`${language}+`));
  const name = nameRun({ language, gift, encoder });
  const pairs = { [`${language}-en`]: giveTo(texts, gift) };
  const run = await runLoop(language, texts, { ...settings(name), ...start, seedPairs: pairs });
  keepResult<SeedRun>(where.results, name, { start: before, ...run });
}

function takeTexts(language: string, { folder, aside }: { folder: string; aside: number }) {
  return takeApart(join(seed, `en-${language}.tsv.xz`), join(where.work, "texts", folder), {
    rows: Number.POSITIVE_INFINITY,
    aside,
  });
}

function settings(name: string) {
  return {
    run: join(where.work, "runs", name),
    threads: where.threads === undefined ? undefined : Number(where.threads),
  };
}
