import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { promptOfCard } from "../../src/embed/folder/card-prompt.js";
import { copyEncoder } from "../../src/embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../src/embed/folder/encoder-folder.js";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { cacheVectors } from "../../src/jobs/evaluate/vector-cache.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, editJson, moduleFolder, open, TRANSFORMER } from "./folders.js";

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

/** A copy of the folder without prompts, by a name of the E5 family. */
function withoutPrompts(t: ExecutionContext, prompts: Record<string, string> = {}): string {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "config_sentence_transformers.json", { prompts });
  editJson(copy, "config.json", { _name_or_path: "intfloat/multilingual-e5-small" });
  return copy;
}

test("what is made from an encoder of the E5 family gets its card's prompt, which is told; an empty one leaves it out", async (t) => {
  // sentence-transformers writes empty prompts where it knows none.
  for (const folder of [withoutPrompts(t), withoutPrompts(t, { query: "", document: "" })]) {
    const encoder = await open(folder, t);
    t.deepEqual(encoder.prompts, { source: "query: ", target: "query: " });
    t.deepEqual(firstNumbers(await encoder.encode(["the mill"])), [QUERY]);
    t.regex(encoder.description!, /prompt "query: " · its card asks for the prompt "query: "/);
    t.deepEqual(firstNumbers(await (await open(folder, t, { prompt: "" })).encode(["the mill"])), [PLAIN]);
    t.like((await open(folder, t, { targetPrompt: "" })).prompts, { source: "query: ", target: "" });
  }
});

test("a folder whose configuration has prompts stays as it was, and so does an encoder of another name", async (t) => {
  t.is((await open(withoutPrompts(t, { query: "query: " }), t)).prompts, undefined);
  const other = withoutPrompts(t);
  editJson(other, "config.json", { _name_or_path: "someone/multilingual-e5-small-tuned" });
  t.is((await open(other, t)).prompts, undefined);
});

test("the cards of the E5 family ask for a prompt, those of other families for none that is put", (t) => {
  for (const name of [
    "multilingual-e5-small",
    "multilingual-e5-large",
    "e5-base",
    "e5-large-v2",
    "e5-small-unsupervised",
  ])
    t.is(promptOfCard(`intfloat/${name}`), "query: ", name);
  t.is(promptOfCard("intfloat/multilingual-e5-base@main"), "query: ");
  // Its instruction names the task, so it is its user's to word.
  t.is(promptOfCard("intfloat/multilingual-e5-large-instruct"), undefined);
  for (const name of ["BAAI/bge-m3", "models/multilingual-e5-small", undefined])
    t.is(promptOfCard(name), undefined);
});

test("a copy of such an encoder keeps the prompt, or that there is none", async (t) => {
  const from = await readEncoderFolder(withoutPrompts(t));
  const [kept, empty] = [temporaryFolder(t), temporaryFolder(t)];
  await copyEncoder(from, kept);
  await copyEncoder(from, empty, { prompt: "" });
  editJson(kept, "config.json", { _name_or_path: "elsewhere" });
  t.deepEqual((await open(kept, t)).prompts, { source: "query: ", target: "query: " });
  t.is((await open(empty, t)).prompts, undefined);
});

test("vectors of both routes are of one space, which no other table and no other model is of", async (t) => {
  const { folder } = moduleFolder("task-static", t);
  const query = await open(folder, t, { task: "query" });
  const document = await open(folder, t, { task: "document" });
  const both = await open(folder, t, { task: "query", targetTask: "document" });
  const digest = (space: string) => space.split("-").at(-1);
  t.is(query.space, document.space);
  t.is(query.space, both.space);
  t.deepEqual(both.tasks, { source: "query", target: "document" });
  t.regex(
    both.description!,
    /static and model · .* · routes query and document · prompts "query : " and "the "/,
  );
  editJson(folder, "document_1_Pooling/config.json", { pooling_mode: "cls" });
  t.not(digest((await open(folder, t, { task: "query" })).space), digest(query.space));
});

test("a task without routes changes no space, whatever lengths and prompts it has", async (t) => {
  for (const name of ["task-lengths", "task-chat-lengths", "mean"]) {
    const { folder } = moduleFolder(name, t);
    const plain = await open(folder, t);
    t.is((await open(folder, t, { task: "query", targetTask: "document" })).space, plain.space, name);
  }
});

test("a prompt that is given goes before that of a task", async (t) => {
  const { folder } = moduleFolder("task-static", t);
  const sides = { task: "query", targetTask: "document" };
  t.deepEqual((await open(folder, t, { ...sides, prompt: "a " })).prompts, { source: "a ", target: "a " });
  const target = await open(folder, t, { ...sides, targetPromptName: "query" });
  t.deepEqual(target.prompts, { source: "query : ", target: "query : " });
  t.deepEqual((await open(folder, t, { task: "query" })).prompts, { source: "query : ", target: "query : " });
  t.deepEqual((await open(folder, t)).prompts, { source: "the ", target: "the " });
});

test("a cache of vectors tells tasks apart", async (t) => {
  const { folder } = moduleFolder("task-lengths", t);
  const place = temporaryFolder(t);
  const [text] = ["the mill by the river : the mill by the river"];
  const of = async (task: string) => {
    const encoder = await openEncoder(folder, { task });
    const cached = await cacheVectors(encoder, place);
    const expected = await encoder.encode([text]);
    const vectors = await cached.encode([text]);
    t.deepEqual(vectors, expected);
    await cached.close?.();
    return vectors;
  };
  t.notDeepEqual(await of("query"), await of("document"));
});

test("tasks that say nothing, and routes that there are not, are refused in a sentence", async (t) => {
  await t.throwsAsync(open(TRANSFORMER, t, { task: "clustering" }), {
    instanceOf: OptionError,
    message: /^task: "clustering" says nothing to .*transformer: it has no routes/,
  });
  const { folder } = moduleFolder("task-static", t);
  await t.throwsAsync(open(folder, t, { targetTask: "title" }), {
    instanceOf: ModelError,
    message: /router_config\.json: has no route for a text of the task title; it has query, document/,
  });
  const { folder: uneven } = moduleFolder("route-by-default", t);
  await t.throwsAsync(open(uneven, t, { task: "query", targetTask: "document" }), {
    instanceOf: ModelError,
    message:
      /its route query gives 16 dimensions, its route document 4: vectors of both sides cannot be compared/,
  });
});

test("queries that are filled up with tokens, and lengths that are none, are refused for their task alone", async (t) => {
  const { folder } = moduleFolder("task-lengths", t);
  const settings = "sentence_bert_config.json";
  editJson(folder, settings, { query_length: 0 });
  await t.throwsAsync(open(folder, t, { task: "query" }), {
    instanceOf: ModelError,
    message: /query_length is 0; expected a whole number from 1/,
  });
  editJson(folder, settings, { query_length: 5, query_expansion: { strategy: "fixed", length: 32 } });
  await t.throwsAsync(open(folder, t, { task: "query" }), {
    instanceOf: ModelError,
    message: /query_expansion fills queries up with tokens/,
  });
  t.is((await open(folder, t, { task: "document" })).tasks?.source, "document");
});

test("for a task the files of all routes are needed, since its space depends on them", async (t) => {
  const { folder } = moduleFolder("task-static", t);
  const files = readdirSync(folder, { recursive: true }).map(String);
  const needed = await neededFiles("a/router", folder, files, { weights: true, tasks: ["query"] });
  for (const file of [
    "query_0_StaticEmbedding/model.safetensors",
    "document_1_Pooling/config.json",
    "onnx/model.onnx",
  ])
    t.true(needed.includes(file), file);
  const plain = await neededFiles("a/router", folder, files, { weights: true });
  t.false(plain.includes("query_0_StaticEmbedding/model.safetensors"));
});
