/**
 * Peak memory of `crisscross criss` with the trainer `table`, run as a user runs it, at two sizes of the texts and at two
 * numbers of pairs of languages. Lines of parallel/, distinct on each side; every pair has an English side of its own. Three
 * rounds are mined and two encoders trained, on 70 % of the pairs, once each. The encoder is `ngram` with few dimensions: it
 * cuts a sentence into the most pieces, and its table is small. Takes some minutes on two cores.
 *
 *   node dist/test/bench/loop-memory.js [--lines 10000,40000] [--pairs 1,4] [--encoder builtin]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { readParallel } from "./parallel.js";
import { runMeasured } from "./run-measured.js";

/** Those of parallel/ with the most rows. */
const LANGUAGES = ["de", "fr", "es", "ja", "pt", "zh", "it", "ru"];
const MEBI = 2 ** 20;

/** In MiB. */
interface Peak {
  resident: number;
  heap: number;
  arrays: number;
}

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "10000,40000" },
    pairs: { type: "string", default: "1,4" },
    encoder: { type: "string", default: "ngram" },
  },
});
const [lines, counts] = [values.lines, values.pairs].map((list) => list.split(",").map(Number));

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
console.log(`${describeMachine()} · ${values.encoder}; resident, JavaScript's heap, its typed arrays`);
const peaks: { pairs: number; sentences: number; peak: Peak }[] = [];
for (const pairs of counts)
  for (const count of lines) {
    const peak = await loop(LANGUAGES.slice(0, pairs), count);
    const sentences = 2 * pairs * count;
    peaks.push({ pairs, sentences, peak });
    console.log(`${pairs} × ${count} lines a side: ${tell(peak, "MiB")}`);
  }
for (const pairs of counts) {
  const [small, large] = peaks.filter((one) => one.pairs === pairs);
  if (!large) continue;
  const added = large.sentences - small.sentences;
  const slope = (what: keyof Peak) => ((large.peak[what] - small.peak[what]) * MEBI) / added;
  const slopes = { resident: slope("resident"), heap: slope("heap"), arrays: slope("arrays") };
  console.log(`${pairs} pairs of languages: ${tell(slopes, "bytes")} a sentence more`);
}
rmSync(folder, { recursive: true });

async function loop(languages: readonly string[], count: number): Promise<Peak> {
  const pairs: string[] = [];
  for (const language of languages) pairs.push("--pair", await writeSides(language, count));
  const run = join(folder, "run");
  const heap = join(folder, "heap.json");
  const often = ["--rounds", "2", "--quantile", "0.3", "--epochs", "1", "--least-steps", "0"];
  const start = ["--encoder", values.encoder, ...(values.encoder === "ngram" ? ["--dimensions", "16"] : [])];
  const argv = ["criss", ...pairs, ...start, ...often, "--run", run, "--quiet"];
  const { code, peakMib } = await runMeasured(argv, { heap });
  if (code !== 0) throw new Error(`criss ended with exit code ${code}.`);
  rmSync(run, { recursive: true });
  const held: { heap: number; arrays: number } = JSON.parse(readFileSync(heap, "utf8"));
  return { resident: peakMib, heap: held.heap / MEBI, arrays: held.arrays / MEBI };
}

/** Two files of so many lines, as `--pair` names them. */
async function writeSides(language: string, count: number): Promise<string> {
  const seen = { [language]: new Set<string>(), en: new Set<string>() };
  for (const { other, english } of await readParallel(language)) {
    for (const [side, text] of [
      [language, other.trim()],
      ["en", english.trim()],
    ])
      if (text !== "" && seen[side].size < count) seen[side].add(text);
  }
  return Object.entries(seen)
    .map(([side, texts]) => {
      if (texts.size < count) throw new Error(`${language} has ${texts.size} lines; expected ${count}.`);
      const path = join(folder, `${language}-${count}.${side}`);
      writeFileSync(path, `${[...texts].join("\n")}\n`);
      return `${side}=${path}`;
    })
    .join(",");
}

function tell({ resident, heap, arrays }: Peak, unit: string): string {
  return `${[resident, heap, arrays].map((value) => value.toFixed(0)).join(", ")} ${unit}`;
}
