import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { ModelError, OptionError } from "../../src/errors.js";
import { copyOf, editJson, open, TRANSFORMER } from "./folders.js";

/**
 * Means over token numbers: [CLS] 1, [SEP] 2, the 3, mill 4, query 8, ":" 9, passage 10.
 * "the mill" is (1 + 3 + 4 + 2) / 4; with "query: " before it (1 + 8 + 9 + 3 + 4 + 2) / 6.
 */
const PLAIN = 10 / 4;
const QUERY = 27 / 6;
const PASSAGE = 29 / 6;

const firstNumbers = (vectors: Float32Array) => [...vectors].filter((_, i) => i % 2 === 0);

test("a prompt by its name or its text is put before every sentence, the target's own before the target's", async (t) => {
  const plain = await open(TRANSFORMER, t);
  t.deepEqual(firstNumbers(await plain.encode(["the mill", "the mill"])), [PLAIN, PLAIN]);
  const query = await open(TRANSFORMER, t, { promptName: "query" });
  t.deepEqual(firstNumbers(await query.encode(["the mill"])), [QUERY]);
  const both = await open(TRANSFORMER, t, { prompt: "query: ", targetPromptName: "passage" });
  t.deepEqual(firstNumbers(await both.encode(["the mill"], { side: "source" })), [QUERY]);
  t.deepEqual(firstNumbers(await both.encode(["the mill"], { side: "target" })), [Math.fround(PASSAGE)]);
  t.deepEqual(both.prompts, { source: "query: ", target: "passage: " });
});

test("vectors under different prompts are of one space", async (t) => {
  const query = await open(TRANSFORMER, t, { promptName: "query" });
  const passage = await open(TRANSFORMER, t, { promptName: "passage" });
  t.is(query.space, passage.space);
});

test("the folder's default prompt is taken unless another is given, an empty one too", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const path = join(copy, "config_sentence_transformers.json");
  const config = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...config, default_prompt_name: "passage" }));
  const byDefault = await open(copy, t);
  t.deepEqual(firstNumbers(await byDefault.encode(["the mill"])), [Math.fround(PASSAGE)]);
  t.deepEqual(firstNumbers(await (await open(copy, t, { prompt: "" })).encode(["the mill"])), [PLAIN]);
  writeFileSync(path, JSON.stringify({ ...config, default_prompt_name: "clustering" }));
  await t.throwsAsync(open(copy, t), {
    instanceOf: ModelError,
    message: /the default prompt is "clustering"/,
  });
});

test("without a closing special token, all of the prompt's tokens are left out", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "tokenizer.json", { post_processor: null });
  editJson(copy, "1_Pooling/config.json", { include_prompt: false });
  const encoder = await open(copy, t, { promptName: "query" });
  t.deepEqual(firstNumbers(await encoder.encode(["the mill"])), [(3 + 4) / 2]);
});

test("a prompt's tokens are counted with the space that it ends with", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const { model } = JSON.parse(readFileSync(join(copy, "tokenizer.json"), "utf8"));
  // Spaces are tokens of their own: [CLS] [UNK] " " the [SEP].
  editJson(copy, "tokenizer.json", {
    model: { ...model, vocab: { ...model.vocab, " ": 5 } },
    pre_tokenizer: { type: "Split", pattern: { String: " " }, behavior: "Isolated", invert: false },
  });
  editJson(copy, "1_Pooling/config.json", { include_prompt: false });
  const encoder = await open(copy, t, { promptName: "query" });
  t.deepEqual(firstNumbers(await encoder.encode(["the"])), [(3 + 2) / 2]);
});

test("a graph that pools itself cannot leave a prompt out", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "1_Pooling/config.json", { include_prompt: false });
  const pooled = await open(copy, t, { variant: "pooled" });
  t.deepEqual(firstNumbers(await pooled.encode(["the mill"])), [PLAIN]);
  await t.throwsAsync(open(copy, t, { variant: "pooled", promptName: "query" }), {
    instanceOf: ModelError,
    message: /include_prompt is false\), but its ONNX model does the pooling itself/,
  });
});

test("a text is taken as it is, with the spaces around it", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const { model } = JSON.parse(readFileSync(join(copy, "tokenizer.json"), "utf8"));
  editJson(copy, "tokenizer.json", {
    model: { ...model, vocab: { ...model.vocab, " ": 5 } },
    pre_tokenizer: { type: "Split", pattern: { String: " " }, behavior: "Isolated", invert: false },
  });
  t.deepEqual(firstNumbers(await (await open(copy, t)).encode([" the"])), [(1 + 5 + 3 + 2) / 4]);
});

test("a prompt that is not to be pooled is left out of the mean", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  writeFileSync(join(copy, "1_Pooling/config.json"), '{"pooling_mode": "mean", "include_prompt": false}');
  const encoder = await open(copy, t, { promptName: "query" });
  // [CLS] belongs to the prompt; the river [SEP] are left.
  t.deepEqual(firstNumbers(await encoder.encode(["the river"])), [(3 + 7 + 2) / 3]);
});

test("a name that the folder does not have, and a prompt given twice, are wrong usage", async (t) => {
  await t.throwsAsync(open(TRANSFORMER, t, { promptName: "document" }), {
    instanceOf: OptionError,
    message: /has no prompt named document; it has query, passage/,
  });
  await t.throwsAsync(open(TRANSFORMER, t, { prompt: "query: ", promptName: "query" }), {
    instanceOf: OptionError,
    message: /expected one of them/,
  });
});
