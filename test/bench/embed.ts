/**
 * Sentences a second of a Transformer encoder, float32 and int8, beside sentence-transformers with the same weights, in
 * one run.
 *
 *   node dist/test/bench/embed.js --encoder FOLDER [--text FILE] [--sentences 4000] [--runs 3] [--python python3]
 *
 * The folder holds model.onnx, model_quantized.onnx and PyTorch weights; the Python has sentence-transformers. The text
 * is in BUCC's format.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openEncoder } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { readMining } from "./mining.js";
import { countTokens } from "./padding.js";
import { startPython } from "./python.js";
import { vectorsOf } from "./vectors-of.js";

const THREADS = 2;
const WARM_UP = 64;
const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    text: { type: "string" },
    sentences: { type: "string", default: "4000" },
    runs: { type: "string", default: "3" },
    python: { type: "string", default: "python3" },
  },
});
if (values.encoder === undefined) throw new Error("Give --encoder, a folder with PyTorch weights, too.");
const path = values.encoder;
const texts = await readMining(Number(values.sentences), values.text);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const all = writeTexts("all.json", texts);
const few = writeTexts("few.json", texts.slice(0, WARM_UP));

const float32 = await openEncoder(path, { threads: THREADS });
const int8 = await openEncoder(path, { threads: THREADS, variant: "quantized" });
const python = startPython(values.python, "sentence_transformers_encode.py", [path], THREADS);
const encode: Record<string, (count?: number) => Promise<number>> = {
  float32: (count) => secondsOf(() => vectorsOf(texts.slice(0, count), float32)),
  int8: (count) => secondsOf(() => vectorsOf(texts.slice(0, count), int8)),
  "sentence-transformers": async (count) =>
    (await python.ask<{ seconds: number }>(count === undefined ? all : few)).seconds,
};

const prompt = float32.prompts?.source ?? "";
const { tokens, padding } = await countTokens(
  path,
  texts.map((text) => prompt + text),
);
console.log(
  `${describeMachine()} · ${float32.description} · ${texts.length} sentences, ${tokens} tokens, ${THREADS} threads; padding ${(100 * padding).toFixed(1)} % of our batches`,
);
for (const name of Object.keys(encode)) await encode[name](WARM_UP);
const seconds: Record<string, number[]> = {};
for (let run = 1; run <= Number(values.runs); run++) {
  for (const name of Object.keys(encode)) {
    const took = await encode[name]();
    seconds[name] = [...(seconds[name] ?? []), took];
    console.log(`run ${run}: ${name} ${speed(took)}`);
  }
}
const theirs = median(seconds["sentence-transformers"]);
for (const [name, runs] of Object.entries(seconds)) {
  const ratio = (theirs / median(runs)).toFixed(2);
  console.log(`median: ${name} ${speed(median(runs))}; ${ratio} × the speed of sentence-transformers`);
}
python.end();
await float32.close?.();
await int8.close?.();
rmSync(folder, { recursive: true });

function writeTexts(name: string, texts: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(texts));
  return JSON.stringify({ texts: path });
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function speed(took: number): string {
  return `${(texts.length / took).toFixed(1)} sentences/s, ${(tokens / took).toFixed(0)} tokens/s, ${took.toFixed(2)} s`;
}
