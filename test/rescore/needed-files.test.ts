import { mkdirSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import test from "ava";
import { neededFiles } from "../../src/rescore/needed-files.js";
import { temporaryFolder } from "../temporary-folder.js";

const BERT = "test/rescore/folders/bert";
const FILES = readdirSync(BERT, { recursive: true, encoding: "utf8", withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(BERT, join(entry.parentPath, entry.name)));

test("of a repository the configuration is needed first, and then the tokenizer and one model file", async (t) => {
  const files = [...FILES, "onnx/model_quantized.onnx", "model.safetensors", "README.md"];
  const empty = join(temporaryFolder(t), "empty");
  mkdirSync(empty);
  const configuration = [
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "sentence_bert_config.json",
    "tokenizer_config.json",
  ];
  t.deepEqual((await neededFiles("a/reranker", empty, files)).sort(), configuration);
  const whole = [...configuration, "onnx/model.onnx", "tokenizer.json"].sort();
  t.deepEqual((await neededFiles("a/reranker", BERT, files)).sort(), whole);
  const quantized = await neededFiles("a/reranker", BERT, files, "quantized");
  t.true(quantized.includes("onnx/model_quantized.onnx") && !quantized.includes("onnx/model.onnx"));
});

test("what cannot be a re-scorer is refused before its weights are fetched", async (t) => {
  const without = FILES.filter((file) => !file.endsWith(".onnx"));
  const refused = (files: string[], message: RegExp) =>
    t.throwsAsync(neededFiles("a/b", BERT, files), { name: "ModelError", message });
  await refused(without, /^a\/b: has no ONNX model.*Export it with python3 pipelines\/export-onnx\.py/);
  await refused([...without, "metadata.yaml", "tf_model.h5"], /^a\/b: is a Bicleaner AI classifier/);
  await refused([...FILES, "sparse_linear.pt"], /^a\/b: keeps BGE-M3's heads in sparse_linear\.pt/);
  await refused(
    FILES.filter((file) => file !== "tokenizer.json"),
    /^a\/b: has no tokenizer\.json/,
  );
});
