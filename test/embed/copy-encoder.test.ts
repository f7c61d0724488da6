import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { copyEncoder } from "../../src/embed/folder/copy-encoder.js";
import { readEncoderFolder } from "../../src/embed/folder/encoder-folder.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, open, staticFolder, TRANSFORMER } from "./folders.js";

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
