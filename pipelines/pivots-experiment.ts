/**
 * Whether more pivots than English help: texts of many languages, each of them half of the same sentences, of which no pair
 * is given to the loop; gold is asked for figures only.
 *
 *   node dist/pipelines/pivots-experiment.js [--shared ../shared] [--work .cache/pivots] [--only seed]
 *     [--start DIR] [--threads 2] [--results test/bench/results/pivots.json]
 *
 * `seed` has the thirteen languages of NLLB-Seed, from `builtin`; `sixteen` those of `criss-experiment`, from the distilled
 * table in `--start`. Eight rounds each. What is done already is kept. Two cores take about an hour and a half for all.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CrissSummary, criss } from "../src/index.js";
import { SIXTEEN } from "./criss-experiment/languages.js";
import { keepResult, readResults } from "./criss-experiment/results-file.js";
import { tell } from "./criss-experiment/tell.js";
import { formatPivots, type PivotsResults, type PivotsRun } from "./pivots-experiment/format-pivots.js";
import { ENGLISH, takeHalves } from "./pivots-experiment/halves.js";

const ROUNDS = 8;

/** English sentences that texts are halves of. */
const SENTENCES = 6200;

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/pivots" },
    only: { type: "string" },
    start: { type: "string", default: ".cache/criss/distilled-table" },
    threads: { type: "string" },
    results: { type: "string", default: "test/bench/results/pivots.json" },
  },
});

interface Experiment {
  /** Of the corpora. */
  folder: string;
  languages: readonly string[];
  encoder: string;
  pivots: readonly (readonly string[])[];
}

const FILE = /^en-(.*)\.tsv\.xz$/;
const seed = join(where.shared, "data", "seed");

const EXPERIMENTS: Record<string, Experiment> = {
  seed: {
    folder: seed,
    languages: readdirSync(seed).flatMap((name) => FILE.exec(name)?.[1] ?? []),
    encoder: "builtin",
    pivots: [[ENGLISH], [ENGLISH, "lim_Latn"]],
  },
  sixteen: {
    folder: join(where.shared, "data", "parallel"),
    languages: SIXTEEN,
    encoder: where.start,
    pivots: [[ENGLISH], [ENGLISH, "fr"]],
  },
};

mkdirSync(where.work, { recursive: true });
for (const name of where.only?.split(",") ?? Object.keys(EXPERIMENTS)) await run(name, EXPERIMENTS[name]);
console.log(formatPivots(readResults(where.results)));

async function run(name: string, { folder, languages, encoder, pivots }: Experiment): Promise<void> {
  const files = Object.fromEntries(
    languages.map((language) => [language, join(folder, `en-${language}.tsv.xz`)]),
  );
  const { texts, gold } = await takeHalves(files, join(where.work, "texts", name), SENTENCES);
  for (const some of pivots) {
    const names = some.join(",");
    let summary: CrissSummary | undefined;
    const rounds = criss(texts, {
      encoder,
      pivots: some,
      gold,
      rounds: ROUNDS,
      threads: where.threads === undefined ? undefined : Number(where.threads),
      run: join(where.work, "runs", name, names),
      onEvent: tell,
      onSummary: (end) => {
        summary = end;
      },
    });
    for await (const { round, mean } of rounds)
      console.error(`${name}, pivots ${names}, round ${round}: P@1 ${mean.precisionAt1?.toFixed(3)}`);
    const { best, rounds: done } = summary!;
    const kept: Record<string, PivotsRun> = readResults<PivotsResults[string]>(where.results)[name] ?? {};
    keepResult(where.results, name, { ...kept, [names]: { best, rounds: done } });
  }
}
