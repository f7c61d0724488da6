/**
 * How alike our vectors are to those of sentence-transformers (float32 and int8) and of Model2Vec (random vectors for
 * the encoder's tokenizer), line by line.
 *
 *   node dist/test/bench/parity.js --encoder FOLDER [--text FILE] [--sentences 1000] [--python python3]
 *
 * The folder holds model.onnx, model_quantized.onnx and PyTorch weights; the Python has sentence-transformers and
 * model2vec. The text is in BUCC's format.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openEncoder } from "../../src/index.js";
import { cosinesOfRows } from "../../src/search/cosines-of-rows.js";
import { readMining } from "./mining.js";
import { startPython } from "./python.js";
import { vectorsOf } from "./vectors-of.js";

const THREADS = 2;
const { values } = parseArgs({
  options: {
    encoder: { type: "string" },
    text: { type: "string" },
    sentences: { type: "string", default: "1000" },
    python: { type: "string", default: "python3" },
  },
});
if (values.encoder === undefined) throw new Error("Give --encoder, a folder with PyTorch weights, too.");
const path = values.encoder;
const texts = await readMining(Number(values.sentences), values.text);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const [textsPath, theirsPath, staticPath] = ["texts.json", "theirs.f32", "static"].map((name) =>
  join(folder, name),
);
writeFileSync(textsPath, JSON.stringify(texts));

const python = startPython(values.python, "sentence_transformers_encode.py", [path], THREADS);
await python.ask(JSON.stringify({ texts: textsPath, vectors: theirsPath }));
python.end();
await compare("sentence-transformers", path);
await compare("sentence-transformers", path, "quantized");

const script = ["test/bench/model2vec_encode.py", join(path, "tokenizer.json")];
execFileSync(values.python, [...script, textsPath, staticPath, theirsPath], { stdio: "inherit" });
await compare("Model2Vec", staticPath);
rmSync(folder, { recursive: true });

async function compare(library: string, encoderPath: string, variant?: string): Promise<void> {
  const encoder = await openEncoder(encoderPath, { threads: THREADS, variant });
  const ours = await vectorsOf(texts, encoder);
  await encoder.close?.();
  const { buffer } = new Uint8Array(readFileSync(theirsPath));
  const theirs = new Float32Array(buffer);
  const cosines = cosinesOfRows(ours, theirs, encoder.dimensions);
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  const [minimum, average] = [Math.min(...cosines), mean].map((cosine) => cosine.toFixed(7));
  console.log(
    `${encoder.space} beside ${library}, ${texts.length} sentences: cosine minimum ${minimum}, mean ${average}`,
  );
}
