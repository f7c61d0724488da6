import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { normaliseRows } from "../../src/embed/normalise.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { type PoolingMode, pool } from "../../src/embed/transformer/pooling.js";
import { cutTokenBatches } from "../../src/embed/transformer/token-batches.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { testShared } from "../shared.js";
import { copyOf, open, TRANSFORMER } from "./folders.js";

const FOLDERS = [
  "bert-cls-dense",
  "bert-mean",
  "e5",
  "matryoshka",
  "sentence-embedding",
  "xlmr-cls",
  "xlmr-max-unnormalised",
];

for (const name of FOLDERS) {
  testShared(
    `${name}: every vector is within 1e-4 of sentence-transformers`,
    `fixtures/encoders/${name}`,
    async (t, folder) => {
      const { texts, vectors: reference } = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
      const encoder = await openEncoder(folder);
      const vectors = await encoder.encode(texts);
      const expected = (reference as number[][]).flat();
      t.is(vectors.length, expected.length);
      t.true(vectors.every((value, i) => Math.abs(value - expected[i]) < 1e-4));
      await encoder.close?.();
    },
  );
}

testShared(
  "the space names the folder, and tells two models apart",
  "fixtures/encoders",
  async (t, folder) => {
    const bert = await openEncoder(join(folder, "bert-mean"));
    const e5 = await openEncoder(join(folder, "e5"));
    t.regex(bert.space, /^bert-mean-model-48-[0-9a-f]{12}$/);
    t.not(bert.space.split("-").at(-1), e5.space.split("-").at(-1));
  },
);

testShared("a device that there is not is refused", "fixtures/encoders/e5", async (t, folder) => {
  await t.throwsAsync(openEncoder(folder, { device: "gpu" as "cpu" }), {
    instanceOf: OptionError,
    message: /device is "gpu"; expected one of cpu, cuda, dml, coreml, webgpu/,
  });
});

testShared("a folder without a tokenizer is refused", "fixtures/encoders/e5", async (t, folder) => {
  const copy = copyOf(folder, t);
  rmSync(join(copy, "tokenizer.json"));
  await t.throwsAsync(openEncoder(copy), { instanceOf: ModelError, message: /has no tokenizer\.json/ });
});

testShared(
  "a folder without a model is refused, with the names looked for",
  "fixtures/encoders/e5",
  async (t, folder) => {
    const copy = copyOf(folder, t);
    rmSync(join(copy, "onnx"), { recursive: true });
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /has no ONNX model: there are no \.onnx files/,
    });
  },
);

testShared(
  "a file that is not a model or not a tokenizer is named",
  "fixtures/encoders/e5",
  async (t, folder) => {
    const copy = copyOf(folder, t);
    writeFileSync(join(copy, "onnx/model.onnx"), "no model");
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /model\.onnx: is cut short, or not an ONNX model/,
    });
    writeFileSync(join(copy, "tokenizer.json"), "{}");
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /tokenizer\.json: is no tokenizer/,
    });
  },
);

testShared(
  "what the configuration asks for and is unknown is refused by name",
  "fixtures/encoders/e5",
  async (t, folder) => {
    const copy = copyOf(folder, t);
    const modules = JSON.parse(readFileSync(join(folder, "modules.json"), "utf8"));
    writeFileSync(
      join(copy, "modules.json"),
      JSON.stringify([...modules, { type: "my.models.Whitening", path: "" }]),
    );
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /asks for my\.models\.Whitening, which is unknown/,
    });
    writeFileSync(join(copy, "modules.json"), JSON.stringify(modules));
    writeFileSync(join(copy, "1_Pooling/config.json"), '{"pooling_mode": "median"}');
    await t.throwsAsync(openEncoder(copy), { instanceOf: ModelError, message: /asks for median pooling/ });
  },
);

testShared(
  "a Dense module of another model is refused with both sizes",
  "fixtures/encoders",
  async (t, folder) => {
    const copy = copyOf(join(folder, "bert-cls-dense"), t);
    writeFileSync(join(copy, "1_Pooling/config.json"), '{"pooling_mode": ["cls", "mean"]}');
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /2_Dense: the Dense module takes vectors of 48 numbers, but gets 96/,
    });
    writeFileSync(join(copy, "2_Dense/model.safetensors"), "cut");
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /cut short, or not a safetensors file/,
    });
  },
);

test("an encoder that is not there is refused", async (t) => {
  await t.throwsAsync(openEncoder("no/such/encoder"), { instanceOf: ModelError, message: /no such folder/ });
});

test("modules are applied in their order", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const modules = JSON.parse(readFileSync(join(copy, "modules.json"), "utf8"));
  const normalise = { path: "2_Normalize", type: "sentence_transformers.models.Normalize" };
  writeFileSync(join(copy, "modules.json"), JSON.stringify([...modules, normalise]));
  // "the mill" is pooled to (2.5, 1).
  const [x, y] = await (await open(copy, t)).encode(["the mill"]);
  t.is(x, Math.fround(2.5 / Math.hypot(2.5, 1)));
  t.is(y, Math.fround(1 / Math.hypot(2.5, 1)));
});

test("asked for fewer dimensions, an encoder keeps the first, of unit length if it normalises", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const plain = await open(copy, t, { dimensions: 1 });
  t.is(plain.dimensions, 1);
  t.deepEqual([...(await plain.encode(["the mill"]))], [2.5]);
  const modules = JSON.parse(readFileSync(join(copy, "modules.json"), "utf8"));
  const normalise = { path: "2_Normalize", type: "sentence_transformers.models.Normalize" };
  writeFileSync(join(copy, "modules.json"), JSON.stringify([...modules, normalise]));
  t.deepEqual([...(await (await open(copy, t, { dimensions: 1 })).encode(["the mill"]))], [1]);
  for (const dimensions of [3, 1.5])
    await t.throwsAsync(open(copy, t, { dimensions }), {
      instanceOf: OptionError,
      message: new RegExp(`dimensions is ${dimensions}, but the vectors of .* have 2`),
    });
});

test("texts beyond the longest input are cut and counted, 10 MB in one line among them", async (t) => {
  const encoder = await open(TRANSFORMER, t);
  t.is(encoder.maxTokens, 8);
  let truncated = 0;
  const texts = ["the ".repeat(6), "the ".repeat(7), "the ".repeat(2_500_000)];
  const vectors = await encoder.encode(texts, {
    onTruncated: (count) => {
      truncated += count;
    },
  });
  t.is(truncated, 2);
  // [CLS] 1, six times "the" 3, [SEP] 2.
  t.deepEqual([vectors[0], vectors[2], vectors[4]], Array(3).fill((1 + 6 * 3 + 2) / 8));
});

test("a lone surrogate counts as the replacement character", async (t) => {
  const encoder = await open(TRANSFORMER, t);
  const [broken, replaced] = [
    await encoder.encode(["the \ud800 mill"]),
    await encoder.encode(["the \ufffd mill"]),
  ];
  t.deepEqual(broken, replaced);
});

test("a vocabulary without the token for what it does not know is refused", async (t) => {
  const folder = copyOf(TRANSFORMER, t);
  const path = join(folder, "tokenizer.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"[UNK]":0', '"[ANK]":0'));
  await t.throwsAsync(open(folder, t), {
    instanceOf: ModelError,
    message: /tokenizer\.json: fails to tokenize a text \(.*UNK.*\)\. Fetch or export the encoder again\.$/,
  });
});

test("a template that names a token it lacks is refused before native code would end the process", async (t) => {
  const folder = copyOf(TRANSFORMER, t);
  const path = join(folder, "tokenizer.json");
  const json = JSON.parse(readFileSync(path, "utf8"));
  json.post_processor.special_tokens = { "[CLS]": json.post_processor.special_tokens["[CLS]"] };
  const sequence = { ...json, post_processor: { type: "Sequence", processors: [json.post_processor] } };
  for (const broken of [json, sequence]) {
    writeFileSync(path, JSON.stringify(broken));
    await t.throwsAsync(open(folder, t), {
      instanceOf: ModelError,
      message: /tokenizer\.json: its template puts "\[SEP\]" into texts, which it lacks\. Fetch or export/,
    });
  }
});

test("texts of like length share a batch, within the budget", (t) => {
  // Longest first: 9 | 5 4 (2 × 5 = 10) | 2 2 2 1 (4 × 2 = 8)
  t.deepEqual(cutTokenBatches([2, 9, 4, 2, 5, 1, 2], 10), [
    { rows: [1], paddedLength: 9 },
    { rows: [4, 2], paddedLength: 5 },
    { rows: [0, 3, 6, 5], paddedLength: 2 },
  ]);
});

test("a text longer than the budget is a batch of its own", (t) => {
  t.deepEqual(cutTokenBatches([1, 50], 10), [
    { rows: [1], paddedLength: 50 },
    { rows: [0], paddedLength: 1 },
  ]);
});

/** One text of three tokens, padded to four; two dimensions: (1, 6), (2, 2), (6, 1), and padding. */
const states = { data: Float32Array.of(1, 6, 2, 2, 6, 1, 100, 100), paddedLength: 4, dimensions: 2 };

const expected: Record<PoolingMode, [number, number]> = {
  cls: [1, 6],
  lasttoken: [6, 1],
  mean: [9 / 3, 9 / 3],
  mean_sqrt_len_tokens: [9 / Math.sqrt(3), 9 / Math.sqrt(3)],
  // 1·1 + 2·2 + 3·6 and 1·6 + 2·2 + 3·1, by 1 + 2 + 3.
  weightedmean: [23 / 6, 13 / 6],
  max: [6, 6],
};

for (const [mode, [x, y]] of Object.entries(expected)) {
  test(`${mode} pooling leaves padding out`, (t) => {
    t.deepEqual([...pool(states, [3], [mode as PoolingMode])], [Math.fround(x), Math.fround(y)]);
  });
}

test("a prompt that is not included does not count", (t) => {
  t.deepEqual([...pool(states, [3], ["mean"], 1)], [4, 1.5]);
});

test("without the prompt, the first token after it is the text's first", (t) => {
  t.deepEqual([...pool(states, [3], ["cls"], 1)], [2, 2]);
});

test("of a text that is all prompt, only its first token can be told", (t) => {
  t.deepEqual([...pool(states, [3], ["cls", "lasttoken", "mean"], 3)], [1, 6, 0, 0, 0, 0]);
});

test("several modes are concatenated", (t) => {
  t.deepEqual([...pool(states, [3], ["cls", "max"])], [1, 6, 6, 6]);
});

test("normalising gives length 1 and leaves zeros alone", (t) => {
  const vectors = normaliseRows(Float32Array.of(3, 4, 0, 0), 2);
  t.deepEqual([...vectors], [Math.fround(0.6), Math.fround(0.8), 0, 0]);
});
