import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import test from "ava";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { neededFiles } from "../../src/rescore/needed-files.js";
import { openRescorer, type RescorerOptions } from "../../src/rescore/open-rescorer.js";
import type { TextPair } from "../../src/rescore/rescorer.js";
import type { RescoreWeights } from "../../src/rescore/weights.js";
import { copyOf, editJson } from "../embed/folders.js";
import { temporaryFolder } from "../temporary-folder.js";

const FOLDERS = "test/rescore/folders";

interface Reference {
  pairs: TextPair[];
  scores: number[];
  dense?: number[];
  sparse?: number[];
  colbert?: number[];
}

const referenceOf = (name: string): Reference =>
  JSON.parse(readFileSync(join(FOLDERS, name, "reference.json"), "utf8"));

async function scoresOf(folder: string, pairs: readonly TextPair[], options?: RescorerOptions) {
  const rescorer = await openRescorer(folder, options);
  let truncated = 0;
  const values = await rescorer.measure(pairs, {
    onTruncated: (count) => {
      truncated += count;
    },
  });
  await rescorer.close();
  const width = rescorer.parts.length;
  const parts = pairs.map((_, i) => values.subarray(i * width, (i + 1) * width));
  return { rescorer, parts, truncated, scores: parts.map((part) => rescorer.scoreOf(part)) };
}

for (const name of ["bert", "xlm-roberta", "bge-m3"])
  test(`${name}: every score is within 1e-4 of the Python library's, whatever shares its batch`, async (t) => {
    const { pairs, scores: expected, ...parts } = referenceOf(name);
    const found = await scoresOf(join(FOLDERS, name), pairs);
    for (const [i, pair] of pairs.entries()) {
      const isClose = (value: number, reference: number, what: string) =>
        t.true(
          Math.abs(value - reference) < 1e-4,
          `${what} of ${pair.join(" | ")}: ${value}, not ${reference}`,
        );
      isClose(found.scores[i], expected[i], "score");
      for (const [j, part] of found.rescorer.parts.entries())
        if (part !== "logit") isClose(found.parts[i][j], parts[part]![i], part);
    }
  });

test("texts that are too long are cut, and the pairs counted", async (t) => {
  const long = Array.from({ length: 30 }, () => "the").join(" ");
  for (const name of ["bert", "bge-m3"]) {
    const { truncated } = await scoresOf(join(FOLDERS, name), [
      [long, "the mill"],
      ["the", "mill"],
      ["the", long],
    ]);
    t.is(truncated, 2, name);
  }
});

test("the three scores of BGE-M3 are weighed as asked, by their sum", async (t) => {
  const { pairs, dense, sparse, colbert } = referenceOf("bge-m3");
  const weighed = async (weights: RescoreWeights) =>
    (await scoresOf(join(FOLDERS, "bge-m3"), pairs.slice(-1), { weights })).scores[0];
  const [d, s, c] = [dense!, sparse!, colbert!].map((part) => part.at(-1)!);
  const isClose = (a: number, b: number) => t.true(Math.abs(a - b) < 1e-4, `${a}, not ${b}`);
  isClose(await weighed([0, 1, 0]), s);
  isClose(await weighed([2, 1, 1]), (2 * d + s + c) / 4);
});

test("heads may be neither normalised nor without the first token, and have other names", async (t) => {
  const { parts } = await scoresOf(join(FOLDERS, "raw-heads"), [["the mill", "mill river river"]]);
  const [dense, sparse, colbert] = parts[0];
  // [SEP] is 3, the 5, mill 6, river 9; token n has the vector 2 · (cos n, sin n) and the weight n.
  const best = (token: number) => Math.max(...[6, 9, 9, 3].map((other) => Math.cos(token - other)));
  const expected = (best(5) + best(6) + best(3)) / 3;
  t.true(Math.abs(dense - 1) < 1e-5);
  t.is(sparse, 36);
  t.true(Math.abs(colbert - expected) < 1e-5, `${colbert}, not ${expected}`);
});

test("a cross-encoder's activation is where each version of sentence-transformers put it; without one it is sigmoid", async (t) => {
  const { pairs, scores } = referenceOf("xlm-roberta");
  const [pair, logit] = [pairs.slice(0, 1), scores[0]];
  const sigmoid = 1 / (1 + Math.exp(-logit));
  const without = copyOf(join(FOLDERS, "xlm-roberta"), t);
  rmSync(join(without, "config_sentence_transformers.json"));
  rmSync(join(without, "modules.json"));
  rmSync(join(without, "sentence_bert_config.json"));
  const found = async () => (await scoresOf(without, pair)).scores[0];
  const isClose = (a: number, b: number) => t.true(Math.abs(a - b) < 1e-4, `${a}, not ${b}`);
  isClose(await found(), logit);
  editJson(without, "config.json", { sentence_transformers: undefined });
  isClose(await found(), sigmoid);
  editJson(without, "config.json", {
    sbert_ce_default_activation_function: "torch.nn.modules.linear.Identity",
  });
  isClose(await found(), logit);
  editJson(without, "config_sentence_transformers.json", {
    activation_fn: "torch.nn.modules.activation.Sigmoid",
  });
  isClose(await found(), sigmoid);
  editJson(without, "config_sentence_transformers.json", { activation_fn: "own.code.Activation" });
  await t.throwsAsync(found, {
    message: /activation_fn is "own\.code\.Activation"; expected one of PyTorch's/,
  });
});

/** Folders that are no re-scorers, and what is said of them. */
const REFUSED: { what: string; folder?: string; edit?: (folder: string) => void; message: RegExp }[] = [
  {
    what: "an encoder of sentences",
    folder: "test/embed/modules/bert",
    message: /is no re-scorer: its model gives last_hidden_state/,
  },
  {
    what: "a graph of two logits",
    folder: `${FOLDERS}/two-logits`,
    message: /logits is float32 of 1 × 2 .*expected one logit/,
  },
  {
    what: "a graph without one of the heads",
    folder: `${FOLDERS}/no-colbert`,
    message: /lacks colbert_vecs/,
  },
  {
    what: "a configuration of two classes",
    edit: (folder) => editJson(folder, "config.json", { id2label: { 0: "NO", 1: "YES" } }),
    message: /config\.json: is of a classifier with 2 logits: NO, YES/,
  },
  {
    what: "a module that is none of a cross-encoder",
    edit: (folder) => {
      const module = (kind: string) => ({
        path: "",
        type: `sentence_transformers.cross_encoder.modules.${kind}`,
      });
      writeFileSync(
        join(folder, "modules.json"),
        JSON.stringify([module("Transformer"), module("LogitScore")]),
      );
    },
    message: /modules\.json: lists Transformer, LogitScore; expected a Transformer alone/,
  },
  {
    what: "a prompt before every pair",
    edit: (folder) =>
      editJson(folder, "config_sentence_transformers.json", {
        prompts: { p: "rate: " },
        default_prompt_name: "p",
      }),
    message: /default_prompt_name puts "rate: " before every pair/,
  },
  {
    what: "an unknown field",
    edit: (folder) => editJson(folder, "config_sentence_transformers.json", { score_scale: 2 }),
    message: /has the field score_scale, which is unknown/,
  },
  {
    what: "another task",
    edit: (folder) => editJson(folder, "sentence_bert_config.json", { transformer_task: "text-generation" }),
    message:
      /transformer_task is "text-generation"; expected sequence-classification, which gives the score of a pair/,
  },
  {
    what: "a pair of which the first text alone is cut",
    edit: (folder) =>
      editJson(folder, "sentence_bert_config.json", {
        processing_kwargs: { text: { truncation: "only_first" } },
      }),
    message: /the first text alone is cut/,
  },
  {
    what: "a chat template",
    edit: (folder) => {
      rmSync(join(folder, "sentence_bert_config.json"));
      writeFileSync(join(folder, "chat_template.jinja"), "{{ messages }}");
    },
    message: /chat_template\.jinja: every text goes through a chat template/,
  },
  {
    what: "a folder without a model",
    edit: (folder) => rmSync(join(folder, "onnx"), { recursive: true }),
    message: /has no ONNX model.*export-onnx\.py NAME FOLDER/,
  },
  {
    what: "a classifier of Bicleaner AI",
    edit: (folder) => {
      rmSync(join(folder, "onnx"), { recursive: true });
      writeFileSync(join(folder, "metadata.yaml"), "classifier_type: xlmr\n");
    },
    message: /is a Bicleaner AI classifier \(it has metadata\.yaml\), whose model is TensorFlow's/,
  },
  {
    what: "a folder without a tokenizer",
    edit: (folder) => rmSync(join(folder, "tokenizer.json")),
    message: /has no tokenizer\.json/,
  },
];

for (const { what, folder, edit, message } of REFUSED)
  test(`refuses ${what} as a re-scorer`, async (t) => {
    const given = folder ?? copyOf(join(FOLDERS, "bert"), t);
    edit?.(given);
    await t.throwsAsync(openRescorer(given), { name: "ModelError", message });
  });

test("says how heads of BGE-M3 that only PyTorch reads are exported", async (t) => {
  const folder = copyOf("test/embed/modules/bert", t);
  writeFileSync(join(folder, "sparse_linear.pt"), "");
  await t.throwsAsync(openRescorer(folder), {
    message: /keeps BGE-M3's heads in sparse_linear\.pt.*export-onnx\.py NAME FOLDER/,
  });
});

test("refuses names of nothing, and weights of what gives one score", async (t) => {
  const file = join(temporaryFolder(t), "file");
  writeFileSync(file, "");
  await t.throwsAsync(openRescorer(file), { message: /is a file; expected a re-scorer's folder/ });
  await t.throwsAsync(openRescorer("builtin"), { message: /builtin: no such re-scorer/ });
  const weights: RescoreWeights = [1, 1, 1];
  await t.throwsAsync(openRescorer(join(FOLDERS, "bert"), { weights }), {
    message: /weighs the three scores of BGE-M3/,
  });
});

test("a cross-encoder given as an encoder is refused with the option that takes it", async (t) => {
  await t.throwsAsync(openEncoder(join(FOLDERS, "bert")), {
    name: "ModelError",
    message:
      /model_type is "CrossEncoder"; expected SentenceTransformer\. It scores pairs: give it as rescore/,
  });
});

test("the name of a re-scorer changes with its files and settings", async (t) => {
  const folder = copyOf(join(FOLDERS, "bert"), t);
  const spaceOf = async () => {
    const rescorer = await openRescorer(folder);
    await rescorer.close();
    return rescorer.space;
  };
  const before = await spaceOf();
  t.is(await spaceOf(), before);
  editJson(folder, "tokenizer_config.json", { model_max_length: 12 });
  t.not(await spaceOf(), before);
});

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
