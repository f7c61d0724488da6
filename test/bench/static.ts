/**
 * Sentences a second of the built-in encoder beside e5-small int8, and beside Model2Vec's own package on the same table,
 * unpacked, in one run. A run opens the encoder anew, so that no word is known from the run before.
 *
 *   node dist/test/bench/static.js --encoder FOLDER [--text FILE] [--sentences 4000] [--runs 5] [--python python3]
 *
 * The folder holds model_quantized.onnx; the Python has model2vec. The text is in BUCC's format.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { folderOf } from "../../src/embed/builtin.js";
import { openTable } from "../../src/embed/static/open-table.js";
import { writeStaticFolder } from "../../src/embed/static/write-static-folder.js";
import { openEncoder } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { readMining } from "./mining.js";
import { startPython } from "./python.js";
import { vectorsOf } from "./vectors-of.js";

const THREADS = 2;
const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    text: { type: "string" },
    sentences: { type: "string", default: "4000" },
    runs: { type: "string", default: "5" },
    python: { type: "string", default: "python3" },
  },
});
if (values.encoder === undefined) throw new Error("Give --encoder, a folder with model_quantized.onnx.");
const { encoder: transformer } = values;
const texts = await readMining(Number(values.sentences), values.text);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
writeFileSync(join(folder, "texts.json"), JSON.stringify(texts));
await unpack(join(folder, "unpacked"));
const python = startPython(
  values.python,
  "model2vec_speed.py",
  [join(folder, "unpacked"), join(folder, "texts.json")],
  THREADS,
);

const sides: Record<string, () => Promise<number>> = {
  builtin: () => encode("builtin"),
  "builtin, unpacked": () => encode(join(folder, "unpacked")),
  Model2Vec: async () => (await python.ask<{ seconds: number }>("encode")).seconds,
  "e5-small int8": () => encode(transformer, "quantized"),
};
const seconds = new Map<string, number[]>();
for (let run = 1; run <= Number(values.runs); run++)
  for (const [name, measure] of Object.entries(sides))
    if (name !== "e5-small int8" || run <= 3)
      seconds.set(name, [...(seconds.get(name) ?? []), await measure()]);
python.end();
rmSync(folder, { recursive: true });

console.log(`${describeMachine()} · ${texts.length} sentences, ${THREADS} threads`);
const ours = median(seconds.get("builtin")!);
for (const [name, runs] of seconds)
  console.log(
    `${name}: ${Math.round(texts.length / median(runs))} sentences/s, median of ${runs.length}; builtin is ${(median(runs) / ours).toFixed(1)} × as fast`,
  );

async function encode(name: string, variant?: string): Promise<number> {
  const encoder = await openEncoder(name, { variant, threads: THREADS });
  const start = performance.now();
  await vectorsOf(texts, encoder);
  const took = (performance.now() - start) / 1000;
  await encoder.close?.();
  return took;
}

async function unpack(path: string): Promise<void> {
  const { values, dimensions, tokenizer } = await openTable(folderOf("builtin"));
  const rows = values.length / dimensions;
  await writeStaticFolder(path, {
    rows,
    dimensions,
    blocks: [values],
    tokenizer,
    tokenizerName: "builtin",
    card: "",
  });
}
