import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { chooseVariant, listVariants } from "../../src/embed/folder/variants.js";
import { ModelError } from "../../src/errors.js";
import { copyOf, open, TRANSFORMER } from "./folders.js";

const nameOf = (asked?: string) => chooseVariant([TRANSFORMER], asked).name;

test("the float32 model is taken by default, the 8-bit one where there is no other", async (t) => {
  t.is(nameOf(), "model");
  const copy = copyOf(TRANSFORMER, t);
  rmSync(join(copy, "onnx/model.onnx"));
  t.is(chooseVariant([copy]).name, "quantized");
});

test("a variant may be called by its name, its file or another tool's word", (t) => {
  for (const asked of [
    "quantized",
    "model_quantized",
    "model_quantized.onnx",
    "onnx/model_quantized.onnx",
    "q8",
  ])
    t.is(nameOf(asked), "quantized");
  for (const asked of ["model", "model.onnx", "fp32"]) t.is(nameOf(asked), "model");
});

test("a variant's size counts its external data", (t) => {
  const [{ name, bytes }] = listVariants([TRANSFORMER]);
  // 11 rows of two float32 numbers beside a file of 273 bytes.
  t.deepEqual({ name, bytes }, { name: "model", bytes: 273 + 11 * 2 * 4 });
});

test("weights in a file of any name count, and are missed by it", async (t) => {
  const found = listVariants([TRANSFORMER]).find(({ name }) => name === "elsewhere");
  t.is(found?.bytes, statSync(found!.path).size + 11 * 2 * 4);
  const encoder = await open(TRANSFORMER, t, { variant: "elsewhere" });
  t.is((await encoder.encode(["the mill"]))[0], 2.5);
  const copy = copyOf(TRANSFORMER, t);
  const weights = join(copy, "onnx/weights.bin");
  const bytes = readFileSync(weights);
  // The seventh number of the rows: that of the token "the".
  bytes.writeFloatLE(7, 3 * 8);
  writeFileSync(weights, bytes);
  const changed = await open(copy, t, { variant: "elsewhere" });
  t.not(changed.space.split("-").at(-1), encoder.space.split("-").at(-1));
  rmSync(weights);
  await t.throwsAsync(open(copy, t, { variant: "elsewhere" }), {
    instanceOf: ModelError,
    message: /model_elsewhere\.onnx: its weights are in another file, .*weights\.bin, which is missing/,
  });
  t.is((await (await open(copy, t)).encode(["the mill"]))[0], 2.5);
});

test("fp32 is float32, and what is made for one kind of processor is 8 bits", (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const called = (from: string, to: string) =>
    renameSync(join(copy, `onnx/model${from}.onnx`), join(copy, `onnx/model${to}.onnx`));
  called("", "_fp32");
  called("_quantized", "_qint8_avx512_vnni");
  const names = listVariants([copy]).map(({ name }) => name);
  t.deepEqual(names.slice(0, 3), ["fp32", "qint8_avx512_vnni", "fp16"]);
  t.is(chooseVariant([copy], "model").name, "fp32");
  // A file's own name goes before another tool's word for it.
  called("_small", "");
  t.is(chooseVariant([copy], "fp32").name, "fp32");
  t.is(chooseVariant([copy], "model").name, "model");
});

test("an empty model is told from a broken one", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  truncateSync(join(copy, "onnx/model.onnx"), 0);
  await t.throwsAsync(open(copy, t), { instanceOf: ModelError, message: /model\.onnx: is empty; expected/ });
});

test("a variant that is not there is refused with those that are", (t) => {
  t.throws(() => nameOf("q4"), {
    instanceOf: ModelError,
    message: /has no variant q4; it has model, quantized,/,
  });
});

test("external data, half precision, int32 inputs and positions all give their vectors", async (t) => {
  // [CLS] 1, the 3, mill 4, [SEP] 2: a mean of 2.5; positions 0 to 3: a mean of 1.5.
  const expected = { model: 2.5, quantized: 5, fp16: 2.5, int32: 2.5, positions: 1.5 };
  for (const [variant, mean] of Object.entries(expected)) {
    const encoder = await open(TRANSFORMER, t, { variant });
    t.is((await encoder.encode(["the mill"]))[0], mean, variant);
  }
});

test("missing or short external data and a truncated model are named", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const data = join(copy, "onnx/model.onnx_data");
  truncateSync(data, 40);
  await t.throwsAsync(open(copy, t), { instanceOf: ModelError, message: /another file, which is cut short/ });
  renameSync(data, join(copy, "elsewhere"));
  await t.throwsAsync(open(copy, t), {
    instanceOf: ModelError,
    message: /onnx\/model\.onnx: its weights are in another file, .*model\.onnx_data, which is missing/,
  });
  truncateSync(join(copy, "onnx/model_fp16.onnx"), 200);
  await t.throwsAsync(open(copy, t, { variant: "fp16" }), {
    instanceOf: ModelError,
    message: /model_fp16\.onnx: is cut short, or not an ONNX model/,
  });
});

test("a model with another input or an output of another rank is refused", async (t) => {
  await t.throwsAsync(open(TRANSFORMER, t, { variant: "task" }), {
    instanceOf: ModelError,
    message: /the model takes input_ids, attention_mask, task_id; expected token numbers/,
  });
  await t.throwsAsync(open(TRANSFORMER, t, { variant: "flat" }), {
    instanceOf: ModelError,
    message: /output last_hidden_state is float32 with 2 dimensions; expected floating-point vectors with 3/,
  });
});

test("a text beyond the model's positions is not taken for an unknown token", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  writeFileSync(join(copy, "sentence_bert_config.json"), '{"max_seq_length": 100}');
  const encoder = await open(copy, t, { variant: "positions" });
  await encoder.encode(["the ".repeat(9)]);
  const tooLong = /the model has positions for 11 tokens, but a text has 14: max_seq_length allows 100/;
  await t.throwsAsync(encoder.encode(["the ".repeat(12)]), { instanceOf: ModelError, message: tooLong });
  writeFileSync(join(copy, "config.json"), '{"max_position_embeddings": 11}');
  const told = await open(copy, t, { variant: "positions" });
  await t.throwsAsync(told.encode(["the ".repeat(12)]), { instanceOf: ModelError, message: tooLong });
});

test("a token that the model does not know is named", async (t) => {
  const encoder = await open(TRANSFORMER, t, { variant: "small" });
  t.is((await encoder.encode(["the mill"]))[0], 2.5);
  await t.throwsAsync(encoder.encode(["by the river"]), {
    instanceOf: ModelError,
    message: /the tokenizer gives token [67] \((by|river)\), but the model knows 0 to 4/,
  });
});
