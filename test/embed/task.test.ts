import { readdirSync } from "node:fs";
import test from "ava";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { cacheVectors } from "../../src/jobs/evaluate/vector-cache.js";
import { temporaryFolder } from "../temporary-folder.js";
import { editJson, moduleFolder, open, TRANSFORMER } from "./folders.js";

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
