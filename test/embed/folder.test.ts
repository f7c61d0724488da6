import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { ModelError } from "../../src/errors.js";
import { copyOf, editJson, open, staticFolder, TRANSFORMER } from "./folders.js";

/** Vectors of a copy of the Transformer: its token vectors are (token number, 1). */
async function vectorsOf(t: ExecutionContext, folder: string, texts: string[]): Promise<number[]> {
  return [...(await (await open(folder, t)).encode(texts))];
}

test("poolings that the old layout switches on come in sentence-transformers' order", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const switches = {
    pooling_mode_mean_tokens: true,
    pooling_mode_max_tokens: true,
    pooling_mode_lasttoken: true,
  };
  writeFileSync(
    join(copy, "1_Pooling/config.json"),
    JSON.stringify({ ...switches, pooling_mode_weightedmean_tokens: false, pooling_mode_cls_token: true }),
  );
  // [CLS] 1, the 3, mill 4, [SEP] 2: cls, max, mean, lasttoken.
  t.deepEqual(await vectorsOf(t, copy, ["the mill"]), [1, 1, 4, 1, 2.5, 1, 2, 1]);
  writeFileSync(join(copy, "1_Pooling/config.json"), '{"pooling_mode": ["mean", "max"]}');
  t.deepEqual(await vectorsOf(t, copy, ["the mill"]), [2.5, 1, 4, 1]);
});

test("a graph that pools is normalised again only where that is the last step", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const modules = JSON.parse(readFileSync(join(copy, "modules.json"), "utf8"));
  const normalise = { path: "2_Normalize", type: "sentence_transformers.models.Normalize" };
  const dense = { path: "3_Dense", type: "sentence_transformers.models.Dense" };
  cpSync(join(staticFolder("adapted"), "1_Dense"), join(copy, "3_Dense"), { recursive: true });
  const encode = async (steps: unknown[]) => {
    writeFileSync(join(copy, "modules.json"), JSON.stringify([...modules, ...steps]));
    return [...(await (await open(copy, t, { variant: "pooled" })).encode(["the mill"]))];
  };
  t.deepEqual(await encode([normalise, dense]), [2.5, 1]);
  const length = Math.hypot(2.5, 1);
  t.deepEqual(await encode([normalise]), [Math.fround(2.5 / length), Math.fround(1 / length)]);
});

test("tokenizer, model and settings may all be in the Transformer's own folder, or the settings alone", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const modules = JSON.parse(readFileSync(join(copy, "modules.json"), "utf8"));
  writeFileSync(
    join(copy, "modules.json"),
    JSON.stringify([{ ...modules[0], path: "0_Transformer" }, ...modules.slice(1)]),
  );
  mkdirSync(join(copy, "0_Transformer"));
  const move = (name: string, as = name) => renameSync(join(copy, name), join(copy, "0_Transformer", as));
  move("sentence_bert_config.json", "sentence_xlm-roberta_config.json");
  t.is((await open(copy, t)).maxTokens, 8);
  move("tokenizer.json");
  move("onnx");
  const encoder = await open(copy, t);
  t.is(encoder.maxTokens, 8);
  t.deepEqual([...(await encoder.encode(["the mill"]))], [2.5, 1]);
});

test("the module's own length for its tokenizer goes before max_seq_length, and that before the tokenizer's", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "tokenizer_config.json", { model_max_length: 5 });
  t.is((await open(copy, t)).maxTokens, 8);
  editJson(copy, "sentence_bert_config.json", { tokenizer_args: { model_max_length: 7 } });
  t.is((await open(copy, t)).maxTokens, 7);
  rmSync(join(copy, "sentence_bert_config.json"));
  t.is((await open(copy, t)).maxTokens, 5);
  editJson(copy, "tokenizer_config.json", { model_max_length: 1e30 });
  editJson(copy, "config.json", { n_positions: 4 });
  t.is((await open(copy, t)).maxTokens, 4);
});

test("a tokenizer that cuts the beginning leaves the end", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "tokenizer_config.json", { truncation_side: "left" });
  const mean = (1 + 5 * 3 + 4 + 2) / 8;
  const texts = [`${"by ".repeat(9)}${"the ".repeat(5)}mill`, `${"by ".repeat(9000)}${"the ".repeat(5)}mill`];
  t.deepEqual(await vectorsOf(t, copy, texts), [mean, 1, mean, 1]);
  const [plain, left] = [await open(TRANSFORMER, t), await open(copy, t)];
  t.not(plain.space.split("-").at(-1), left.space.split("-").at(-1));
});

test("lower-casing leaves special tokens that stand in a text", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  editJson(copy, "tokenizer.json", { added_tokens: [{ id: 2, content: "[SEP]", ...flags }] });
  editJson(copy, "sentence_bert_config.json", { do_lower_case: true });
  // [CLS] the [SEP] mill [SEP]
  t.deepEqual(await vectorsOf(t, copy, ["THE [SEP] Mill"]), [Math.fround((1 + 3 + 2 + 4 + 2) / 5), 1]);
});

test("what follows a long word or many spaces counts, and is cut only where it does not fit", async (t) => {
  const encoder = await open(TRANSFORMER, t);
  let truncated = 0;
  const onTruncated = (count: number) => {
    truncated += count;
  };
  const encode = async (text: string) => (await encoder.encode([text], { onTruncated }))[0];
  // A word of more than 100 letters is one [UNK], 0.
  t.is(await encode(`${"x".repeat(3000)} mill`), Math.fround((1 + 0 + 4 + 2) / 4));
  t.is(await encode(`the${" ".repeat(100_000)}mill`), 2.5);
  t.is(truncated, 0);
  t.is(await encode(`${"x".repeat(3000)} ${"the ".repeat(9)}`), (1 + 0 + 5 * 3 + 2) / 8);
  t.is(truncated, 1);
});

test("2 MB of one word or of spaces are encoded as any text is, which work of their square would never end", async (t) => {
  const encoder = await open(TRANSFORMER, t);
  const vectors = await encoder.encode(["x".repeat(2e6), `${" ".repeat(2e6)}mill`]);
  t.deepEqual([vectors[0], vectors[2]], [1, Math.fround(7 / 3)]);
});

test("a text without any token is zeros", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  editJson(copy, "tokenizer.json", { post_processor: null });
  t.deepEqual(await vectorsOf(t, copy, [" ", "mill", ""]), [0, 0, 4, 1, 0, 0]);
});

test("as many dimensions, cut by the folder or by who asks, are two spaces where one is of unit length", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  const modules = JSON.parse(readFileSync(join(copy, "modules.json"), "utf8"));
  const normalise = { path: "2_Normalize", type: "sentence_transformers.models.Normalize" };
  writeFileSync(join(copy, "modules.json"), JSON.stringify([...modules, normalise]));
  editJson(copy, "config_sentence_transformers.json", { truncate_dim: 1 });
  const [cut, asked] = [await open(copy, t), await open(copy, t, { dimensions: 1 })];
  t.deepEqual([...(await cut.encode(["the mill"]))], [Math.fround(2.5 / Math.hypot(2.5, 1))]);
  t.deepEqual([...(await asked.encode(["the mill"]))], [1]);
  t.not(cut.space, asked.space);
});

const BROKEN: [file: string, content: string, message: RegExp][] = [
  ["modules.json", "{}", /modules\.json: is \{\}; expected a list of modules/],
  ["modules.json", '["Transformer"]', /modules\.json: a module is "Transformer"; expected an object/],
  ["1_Pooling/config.json", "[1]", /1_Pooling\/config\.json: is \[1\]; expected an object/],
  [
    "config_sentence_transformers.json",
    '{"truncate_dim": "x"}',
    /truncate_dim is "x"; expected a whole number/,
  ],
  ["config_sentence_transformers.json", '{"prompts": ["a"]}', /prompts is \["a"\]; expected an object/],
  [
    "config_sentence_transformers.json",
    '{"default_prompt_name": "toString"}',
    /the default prompt is "toString"/,
  ],
  [
    "sentence_bert_config.json",
    '{"max_seq_length": 64.5}',
    /max_seq_length is 64\.5; expected a whole number/,
  ],
  ["sentence_bert_config.json", '{"max_seq_length": 0}', /max_seq_length is 0; expected a whole number/],
  ["tokenizer.json", "null", /tokenizer\.json: is no tokenizer/],
];

for (const [file, content, message] of BROKEN) {
  test(`${file} of ${content} is refused in a sentence`, async (t) => {
    const copy = copyOf(TRANSFORMER, t);
    writeFileSync(join(copy, file), content);
    await t.throwsAsync(open(copy, t), { instanceOf: ModelError, message });
  });
}
