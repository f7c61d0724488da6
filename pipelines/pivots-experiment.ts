/**
 * Whether more pivots than English help: texts of NLLB-Seed's languages, or of those of another corpus, each of them half of
 * the same sentences, of which no pair is given to the loop; gold is asked for figures only.
 *
 *   node dist/pipelines/pivots-experiment.js [--shared ../shared] [--work .cache/pivots] [--threads 2]
 *     [--corpus seed] [--sentences 6156] [--languages lim_Latn,…] [--encoder builtin] [--pivots en] [--pivots en,lim_Latn] [--rounds 3]
 *     [--results test/bench/results/pivots.json]
 *
 * What is done already is kept. Two cores take about half an hour for both.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { followLoop, type LoopRun } from "./criss-experiment/follow-loop.js";
import { keepResult, readResults } from "./criss-experiment/results-file.js";
import { formatPivots } from "./pivots-experiment/format-pivots.js";
import { takeHalves } from "./pivots-experiment/halves.js";

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/pivots" },
    corpus: { type: "string", default: "seed" },
    // Nearly all that there are of seed.
    sentences: { type: "string", default: "6156" },
    languages: {
      type: "string",
      default: "lim_Latn,fur_Latn,crh_Latn,pbt_Arab,bam_Latn,mri_Latn,taq_Tfng,bjn_Arab",
    },
    encoder: { type: "string", default: "builtin" },
    pivots: { type: "string", multiple: true, default: ["en", "en,lim_Latn"] },
    rounds: { type: "string", default: "3" },
    threads: { type: "string" },
    results: { type: "string", default: "test/bench/results/pivots.json" },
  },
});
// Texts of one corpus are not taken for those of another.
const work = join(where.work, where.corpus, where.sentences);
mkdirSync(work, { recursive: true });
const files = Object.fromEntries(
  where.languages
    .split(",")
    .map((language) => [language, join(where.shared, "data", where.corpus, `en-${language}.tsv.xz`)]),
);
const { texts, gold } = await takeHalves(files, join(work, "texts"), Number(where.sentences));
for (const pivots of where.pivots) {
  const run = await followLoop(`pivots ${pivots}`, texts, {
    pivots: pivots.split(","),
    gold,
    encoder: where.encoder,
    rounds: Number(where.rounds),
    threads: where.threads === undefined ? undefined : Number(where.threads),
    run: join(work, "runs", pivots),
  });
  keepResult<LoopRun>(where.results, pivots, run);
}
console.log(formatPivots(readResults(where.results)));
