import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { ModelError } from "../../src/errors.js";
import { testShared } from "../shared.js";

function copyOf(folder: string, t: { teardown(run: () => void): void }): string {
  const copy = mkdtempSync(join(tmpdir(), "crisscross-encoder-"));
  cpSync(folder, copy, { recursive: true });
  t.teardown(() => rmSync(copy, { recursive: true }));
  return copy;
}

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
      message: /has no ONNX model: looked for \.onnx files/,
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
      message: /model\.onnx: ONNX Runtime cannot open it/,
    });
    writeFileSync(join(copy, "tokenizer.json"), "{}");
    await t.throwsAsync(openEncoder(copy), {
      instanceOf: ModelError,
      message: /tokenizer\.json: not a tokenizer/,
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
  await t.throwsAsync(openEncoder("no/such/encoder"), { instanceOf: ModelError, message: /no such encoder/ });
});
