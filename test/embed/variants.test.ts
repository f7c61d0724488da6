import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "ava";
import { copyEncoder } from "../../src/embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../src/embed/folder/encoder-folder.js";
import { chooseVariant, listVariants } from "../../src/embed/folder/variants.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, open, staticFolder, TRANSFORMER } from "./folders.js";

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

const TEXTS = ["the miller by the river", "mill"];

test("a copy has one model and what it needs, and gives the same vectors", async (t) => {
  const folder = copyOf(TRANSFORMER, t);
  const model = readFileSync(join(folder, "onnx", "model.onnx"));
  writeFileSync(join(folder, "onnx", "model_quantized.onnx"), model);
  for (const left of ["model.safetensors", "pytorch_model.bin", "pytorch_model.bin.index.json", "notes.pdf"])
    writeFileSync(join(folder, left), "large");
  for (const kept of ["LICENSE", "README.md", "vocab.txt", "tokenizer_config.json"])
    writeFileSync(join(folder, kept), "{}");
  mkdirSync(join(folder, "openvino"));
  writeFileSync(join(folder, "openvino", "config.json"), "{}");
  const to = temporaryFolder(t);
  await copyEncoder(await readEncoderFolder(folder), to, { variant: "quantized" });
  t.deepEqual(readdirSync(to, { recursive: true }).sort(), [
    "1_Pooling",
    "1_Pooling/config.json",
    "LICENSE",
    "README.md",
    "config_sentence_transformers.json",
    "modules.json",
    "onnx",
    "onnx/model.onnx_data",
    "onnx/model_quantized.onnx",
    "sentence_bert_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
  ]);
  t.deepEqual(await (await open(to, t)).encode(TEXTS), await (await open(folder, t)).encode(TEXTS));
});

test("a static encoder's copy has its table", async (t) => {
  const to = temporaryFolder(t);
  await copyEncoder(await readEncoderFolder(staticFolder("adapted")), to);
  const [copy, original] = [await open(to, t), await open(staticFolder("adapted"), t)];
  t.deepEqual(await copy.encode(["a b"]), await original.encode(["a b"]));
});

test("a chosen prompt becomes the copy's own", async (t) => {
  const folder = await readEncoderFolder(TRANSFORMER);
  const copyWith = async (options: Parameters<typeof copyEncoder>[2]) => {
    const to = temporaryFolder(t);
    await copyEncoder(folder, to, options);
    return (await open(to, t)).prompts?.source;
  };
  t.is(await copyWith({}), undefined);
  t.is(await copyWith({ promptName: "passage" }), "passage: ");
  t.is(await copyWith({ prompt: "the: " }), "the: ");
  t.is(await copyWith({ prompt: "" }), undefined);
  await t.throwsAsync(copyWith({ promptName: "other" }), {
    instanceOf: OptionError,
    message: /no prompt named other/,
  });
});

test("no variant of that name, and a module outside the folder, are told", async (t) => {
  const copy = async (folder: string, variant?: string) =>
    copyEncoder(await readEncoderFolder(folder), temporaryFolder(t), { variant });
  await t.throwsAsync(copy(TRANSFORMER, "q8192"), {
    instanceOf: ModelError,
    message: /has no variant q8192; it has model/,
  });
  const folder = join(temporaryFolder(t), "inner");
  cpSync(TRANSFORMER, folder, { recursive: true });
  cpSync(join(TRANSFORMER, "1_Pooling"), join(folder, "..", "outer"), { recursive: true });
  const modules = readFileSync(join(folder, "modules.json"), "utf8").replace("1_Pooling", "../outer");
  writeFileSync(join(folder, "modules.json"), modules);
  await t.throwsAsync(copy(folder), {
    instanceOf: ModelError,
    message: /outer\/config\.json: lies outside .*inner, so it cannot be copied with it/,
  });
});

test("a file that is a link is copied as what it leads to", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of readdirSync(TRANSFORMER)) symlinkSync(join(TRANSFORMER, name), join(folder, name));
  const to = temporaryFolder(t);
  await copyEncoder(await readEncoderFolder(folder), to);
  t.deepEqual(await (await open(to, t)).encode(TEXTS), await (await open(TRANSFORMER, t)).encode(TEXTS));
});
