/**
 * How fast rules without an encoder are, beside OpusFilter with the same ones on two processes, and how much memory a long
 * bitext takes: German and English of parallel/, over and over.
 *
 *   node dist/test/bench/filter.js [--pairs 100000] [--long 2000000] [--opusfilter /path/to/opusfilter]
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { readParallel } from "./parallel.js";

const { values: flags } = parseArgs({
  options: {
    pairs: { type: "string", default: "100000" },
    long: { type: "string", default: "2000000" },
    opusfilter: { type: "string", default: "opusfilter" },
  },
});

const USUAL = [
  "LengthFilter: {unit: word, min_length: 1, max_length: 100}",
  "LengthRatioFilter: {unit: char, threshold: 3}",
  "LengthRatioFilter: {unit: word, threshold: 3}",
  "LongWordFilter: {threshold: 40}",
  "AverageWordLengthFilter: {min_length: 2, max_length: 20}",
  "AlphabetRatioFilter: {threshold: 0.5}",
  "CharacterScoreFilter: {scripts: [Latin, Latin], thresholds: [0.9, 0.9]}",
  "TerminalPunctuationFilter: {threshold: -2}",
  "NonZeroNumeralsFilter: {threshold: 0.5}",
  "RepetitionFilter: {}",
  "HtmlTagFilter: {}",
];
const SLOW = ["SimilarityFilter: {threshold: 0.9}", "LongestCommonSubstringFilter: {threshold: 0.9}"];

const rows = await readParallel("de");
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const path = (name: string) => join(folder, name);
const count = Number(flags.pairs);
console.log(describeMachine());
try {
  await write("short", count);
  for (const [name, rules] of [
    ["usual rules", USUAL],
    ["with edit distance and common substring", [...USUAL, ...SLOW]],
  ] as const)
    await compare(name, rules);
  await write("long", Number(flags.long));
  await watchMemory();
} finally {
  rmSync(folder, { recursive: true });
}

async function compare(name: string, rules: readonly string[]): Promise<void> {
  const list = rules.map((rule) => `- ${rule}`);
  await writeFile(path("filter.yaml"), `languages: [de, en]\nfilters:\n${list.join("\n")}\n`);
  await writeFile(
    path("opusfilter.yaml"),
    `common: {output_directory: ${folder}}
steps:
  - type: filter
    parameters:
      inputs: [short.de, short.en]
      outputs: [opus.de, opus.en]
      n_jobs: 2
      filters:
${list.map((line) => `        ${line}`).join("\n")}
`,
  );
  const ours = time(crisscross("short", "ours"));
  const theirs = time(`"${flags.opusfilter}" --overwrite "${path("opusfilter.yaml")}"`);
  const same = ["de", "en"].every((side) =>
    readFileSync(path(`ours.${side}`)).equals(readFileSync(path(`opus.${side}`))),
  );
  const rate = ({ wall }: Times) =>
    `${Math.round(count / wall)} pairs/s (${((1e6 * wall) / count).toFixed(1)} µs each)`;
  console.log(
    `${name}, ${rules.length} rules, ${count} pairs of ${bytesAPair()} bytes: the same pairs kept: ${same}`,
  );
  console.log(`  crisscross: ${rate(ours)}, ${ours.cpu.toFixed(1)} s of CPU`);
  console.log(`  OpusFilter: ${rate(theirs)}, ${theirs.cpu.toFixed(1)} s of CPU`);
  console.log(
    `  ratio: ${(theirs.wall / ours.wall).toFixed(1)} × by the clock, ${(theirs.cpu / ours.cpu).toFixed(1)} × by CPU`,
  );
}

function crisscross(input: string, output: string): string {
  const files = [`"${path(`${input}.de`)}"`, `"${path(`${input}.en`)}"`];
  const outputs = `"${path(`${output}.de`)},${path(`${output}.en`)}"`;
  return `"${process.execPath}" dist/cli/crisscross.js filter ${files.join(" ")} --config "${path("filter.yaml")}" -o ${outputs} --output-format moses --quiet`;
}

interface Times {
  wall: number;
  cpu: number;
}

/** Seconds by the clock and of the processor, children's too. */
function time(command: string): Times {
  const script = `TIMEFORMAT='%R %U %S'; time { ${command}; } 2>/dev/null`;
  const printed = execFileSync("bash", ["-c", `{ ${script}; } 2>&1`], { encoding: "utf8" });
  const [wall, user, system] = printed.trim().split("\n").at(-1)!.split(" ").map(Number);
  return { wall, cpu: user + system };
}

function bytesAPair(): number {
  return Math.round((statSync(path("short.de")).size + statSync(path("short.en")).size) / count);
}

async function write(name: string, length: number): Promise<void> {
  for (const side of ["de", "en"] as const) {
    const texts = rows.map((row) => `${side === "de" ? row.other : row.english}\n`);
    await writeFile(path(`${name}.${side}`), repeat(texts, length));
  }
}

function* repeat(texts: readonly string[], length: number): Generator<string> {
  for (let done = 0; done < length; done += texts.length) yield texts.slice(0, length - done).join("");
}

/** Resident memory of a process by what it has written, a tenth, half, and just before the end. */
async function watchMemory(): Promise<void> {
  const child = spawn("bash", ["-c", `exec ${crisscross("long", "kept")}`], { stdio: "inherit" });
  const samples: number[] = [];
  const timer = setInterval(() => {
    try {
      samples.push(
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024,
      );
    } catch {
      // It has ended.
    }
  }, 100);
  await once(child, "exit");
  clearInterval(timer);
  const at = (share: number) => samples[Math.floor(share * (samples.length - 1))].toFixed(0);
  console.log(
    `${flags.long} pairs: resident ${at(0.1)} MiB at 10 % of the time, ${at(0.5)} at 50 %, ${at(0.95)} at 95 %; most ${Math.max(...samples).toFixed(0)}`,
  );
}
