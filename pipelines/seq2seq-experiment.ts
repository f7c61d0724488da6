/**
 * What the loop gains with a translator as its trainer, from nothing: a small mBART is trained on two texts alone, and then in
 * rounds on what was mined of them. Its first round is mined by what the trainer `table` made of `ngram` on the same texts,
 * which stands beside it. Gold and held-out pairs are asked for figures only.
 *
 *   node dist/pipelines/seq2seq-experiment.js [--shared ../shared] [--work .cache/seq2seq] [--language de] [--rows 20000]
 *     [--minutes 90] [--rounds 3] [--table-rounds 16] [--steps 2000] [--first table] [--from start] [--threads 2]
 *     [--python python3] [--name de-table] [--results test/bench/results/seq2seq.json]
 *
 * The Python has what `pipelines/seq2seq/requirements.txt` lists. What is done already is kept: killed, the same command goes
 * on. Two cores take about five hours.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CrissOptions, criss, type RoundSummary } from "../src/index.js";
import { keepResult, readResults } from "./criss-experiment/results-file.js";
import { tell } from "./criss-experiment/tell.js";
import { takeApart } from "./criss-experiment/thirds.js";
import { FROM, formatSeq2seq, type Seq2seqResult } from "./seq2seq-experiment/format-seq2seq.js";
import { pretrain } from "./seq2seq-experiment/pretrain.js";
import { writeTestSet } from "./seq2seq-experiment/test-set.js";

const { values: where } = parseArgs({
  options: {
    shared: { type: "string", default: "../shared" },
    work: { type: "string", default: ".cache/seq2seq" },
    language: { type: "string", default: "de" },
    rows: { type: "string" },
    minutes: { type: "string", default: "90" },
    rounds: { type: "string", default: "3" },
    "table-rounds": { type: "string", default: "16" },
    steps: { type: "string", default: "2000" },
    first: { type: "string", default: "table" },
    from: { type: "string", default: "start" },
    threads: { type: "string" },
    python: { type: "string", default: "python3" },
    name: { type: "string" },
    results: { type: "string", default: "test/bench/results/seq2seq.json" },
  },
});
const { language, python, minutes } = where;
const FIRST = ["table", "ngram", "builtin"];
const { first } = where;
if (!FIRST.includes(first)) throw new Error(`--first ${first}: expected one of ${FIRST.join(", ")}.`);
const { from } = where;
if (!isFrom(from)) throw new Error(`--from ${from}: expected one of ${Object.keys(FROM).join(", ")}.`);
const name = where.name ?? `${language}-${first}`;
const threads = where.threads === undefined ? undefined : Number(where.threads);
/** Held-out pairs: enough for BLEU, and translated both ways in each round. */
const ASIDE = 500;
/** Half of the sentences have a translation; every round is surer of them than the one before. */
const QUANTILE = [0.5, 0.4, 0.3];

// What glibc gives back to the system after a step, it asks for again at the next: a fifth of the time of the Pythons.
Object.assign(process.env, { MALLOC_MMAP_MAX_: "0", MALLOC_TRIM_THRESHOLD_: "100000000000" });
mkdirSync(where.work, { recursive: true });
const rows = where.rows === undefined ? Number.POSITIVE_INFINITY : Number(where.rows);
const folder = join(where.work, "texts", `${language}-${where.rows ?? "all"}`);
const file = join(where.shared, "data", "parallel", `en-${language}.tsv.xz`);
const texts = await takeApart(file, folder, { rows, aside: ASIDE });
const start = join(where.work, `start-${language}-${where.rows ?? "all"}-${minutes}`);
pretrain(start, { [language]: texts.other, en: texts.english }, { python, minutes, threads });

const test = writeTestSet(texts.aside, folder);
const script = [
  "pipelines/seq2seq/train.py",
  "--steps",
  where.steps,
  "--from",
  from,
  "--precision",
  "bfloat16",
];
const translated = ["--translate-on", `${language}-en=${test.other},${test.english}`];
const table = await runLoop("table", {
  encoder: first === "builtin" ? "builtin" : "ngram",
  rounds: Number(where["table-rounds"]),
});
const seq2seq = await runLoop("seq2seq", {
  encoder: start,
  firstRoundEncoder: first === "table" ? runOf("table") : first,
  command: [python, ...script, ...translated],
  rounds: Number(where.rounds),
  quantile: QUANTILE,
});
seq2seq[0].minedBy = first;
const pretrained = { minutes: Number(minutes), steps: Number(where.steps), first, from };
keepResult<Seq2seqResult>(where.results, name, { pretrained, seq2seq, table });
console.log(formatSeq2seq(readResults<Seq2seqResult>(where.results)));

function isFrom(text: string): text is keyof typeof FROM {
  return Object.hasOwn(FROM, text);
}

function runOf(trainer: string): string {
  return join(where.work, "runs", `${name}-${where.rows ?? "all"}-${trainer}`);
}

async function runLoop(trainer: string, options: Omit<CrissOptions, "run">): Promise<RoundSummary[]> {
  const rounds: RoundSummary[] = [];
  const run = runOf(trainer);
  const gold = { [`${language}-en`]: texts.gold };
  const how = { run, gold, threads, onEvent: tell };
  for await (const round of criss([{ [language]: texts.other, en: texts.english }], { ...options, ...how })) {
    rounds.push(round);
    console.error(
      `${trainer}, round ${round.round}: P@1 ${round.mean.precisionAt1?.toFixed(3)}`,
      round.told ?? "",
    );
  }
  return rounds;
}
