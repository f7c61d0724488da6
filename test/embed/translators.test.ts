import { readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "ava";
import { neededFiles } from "../../src/embed/folder/needed-files.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { cacheVectors } from "../../src/jobs/evaluate/vector-cache.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, editJson, open, TRANSFORMER } from "./folders.js";

/** Encoders of tiny translators; `translator_folders.py` made them, with transformers' vectors in every language. */
const TRANSLATORS = resolve("test/pipelines/translators");
const folderOf = (name: string) => join(TRANSLATORS, name);

interface Reference {
  texts: string[];
  /** By the code of the language, where a text's has to be told. */
  vectors: number[][] | Record<string, number[][]>;
}

const referenceOf = (name: string): Reference =>
  JSON.parse(readFileSync(join(folderOf(name), "reference.json"), "utf8"));

const farthest = (vectors: Float32Array, rows: readonly number[][]) =>
  Math.max(...rows.flat().map((value, i) => Math.abs(value - vectors[i])));

for (const name of readdirSync(TRANSLATORS))
  test(`${name}: every vector is within 1e-4 of the mean of transformers' states, in every language`, async (t) => {
    const { texts, vectors } = referenceOf(name);
    const encoder = await open(folderOf(name), t);
    t.deepEqual(encoder.languages?.codes, Array.isArray(vectors) ? undefined : Object.keys(vectors));
    if (Array.isArray(vectors)) {
      const found = await encoder.encode(texts);
      t.is(found.length, vectors.flat().length);
      t.true(farthest(found, vectors) < 1e-4);
      return;
    }
    for (const [language, expected] of Object.entries(vectors)) {
      const found = await encoder.encode(texts, { language });
      t.is(found.length, expected.flat().length);
      t.true(farthest(found, expected) < 1e-4, `${language}: off by ${farthest(found, expected)}`);
    }
  });

const vectorsOf = (name: string, language: string) =>
  (referenceOf(name).vectors as Record<string, number[][]>)[language];

test("each side's language is told when the encoder is opened, in its own spelling or in ISO 639's", async (t) => {
  const { texts } = referenceOf("mbart");
  const own = await open(folderOf("mbart"), t, { language: "de_DE", targetLanguage: "en_XX" });
  const iso = await open(folderOf("mbart"), t, { language: "deu", targetLanguage: "en" });
  for (const encoder of [own, iso]) {
    t.deepEqual(encoder.languages?.sides, { source: "de_DE", target: "en_XX" });
    t.true(farthest(await encoder.encode(texts), vectorsOf("mbart", "de_DE")) < 1e-4);
    t.true(farthest(await encoder.encode(texts, { side: "target" }), vectorsOf("mbart", "en_XX")) < 1e-4);
    t.regex(encoder.description!, /languages de_DE and en_XX/);
  }
  const named = await Promise.all(
    ["__cs__", "cs", "ces"].map((language) => open(folderOf("m2m100"), t, { language })),
  );
  t.deepEqual(
    named.map(({ languages }) => languages?.codeOf("source")),
    ["__cs__", "__cs__", "__cs__"],
  );
  const nllb = await open(folderOf("nllb"), t);
  const codes = ["en", "eng", "eng_Latn", "wo", "zh-TW", "zh-Hans"].map((language) =>
    nllb.languages?.codeOf("source", language),
  );
  t.deepEqual(codes, ["eng_Latn", "eng_Latn", "eng_Latn", "wol_Latn", "zho_Hant", "zho_Hans"]);
});

test("a name that may be two languages is refused, and so is one in another script", async (t) => {
  const refused = (language: string) => t.throwsAsync(open(folderOf("nllb"), t, { language }));
  const two = await refused("zh");
  t.true(two instanceof OptionError);
  t.regex(two.message, /zh may be zho_Hans or zho_Hant\. Name one of them/);
  t.regex((await refused("eng_Cyrl")).message, /has no language "eng_Cyrl"; it has eng_Latn, /);
});

test("a language that the encoder lacks is refused with those that it has, the nearest first", async (t) => {
  await t.throwsAsync(open(folderOf("mbart"), t, { language: "enn_XX", targetLanguage: "de" }), {
    instanceOf: OptionError,
    message: /mbart: has no language "enn_XX"; it has en_XX, .*zh_CN/,
  });
  await t.throwsAsync(open(folderOf("mbart"), t, { language: "de", targetLanguage: "mri" }), {
    instanceOf: OptionError,
    message: /has no language "mri"/,
  });
});

test("a language that is not told is asked for, with those that there are", async (t) => {
  const encoder = await open(folderOf("mbart"), t, { language: "de" });
  t.is(encoder.languages?.codeOf("source"), "de_DE");
  const missing = await t.throwsAsync(encoder.encode(["a"], { side: "target" }), { instanceOf: OptionError });
  t.regex(missing.message, /told the language of the target's texts; it has ar_AR, .* as targetLanguage\./);
});

test("an encoder that is not told the language of a text takes none", async (t) => {
  for (const folder of [TRANSFORMER, folderOf("t5"), folderOf("marian")])
    await t.throwsAsync(open(folder, t, { language: "de" }), {
      instanceOf: OptionError,
      message: /language: "de" says nothing to .*\. Leave it out\./,
    });
});

test("vectors of two languages are of one space, and other codes make another", async (t) => {
  const [german, english] = await Promise.all(
    ["de", "en"].map((language) => open(folderOf("mbart"), t, { language })),
  );
  t.is(german.space, english.space);
  const copy = copyOf(folderOf("mbart"), t);
  editJson(copy, "language_codes.json", { codes: { en_XX: 95, de_DE: 93 } });
  t.not((await open(copy, t)).space.split("-").at(-1), german.space.split("-").at(-1));
});

test("a cache of vectors keeps those of each language", async (t) => {
  const { texts } = referenceOf("mbart");
  const folder = temporaryFolder(t);
  for (const language of ["de_DE", "en_XX", "de_DE"]) {
    const encoder = await open(folderOf("mbart"), t, { language });
    const cached = await cacheVectors(encoder, folder);
    t.true(farthest(await cached.encode(texts), vectorsOf("mbart", language)) < 1e-4);
    await cached.close?.();
  }
});

test("a T5's prompts are those of its tasks", async (t) => {
  const { texts } = referenceOf("t5");
  const prompt = "translate English to German: ";
  const named = await open(folderOf("t5"), t, { promptName: "translation_en_to_de" });
  const plain = await open(folderOf("t5"), t);
  t.deepEqual(await named.encode(texts), await plain.encode(texts.map((text) => prompt + text)));
});

test("a text that is cut keeps its language's code", async (t) => {
  const copy = copyOf(folderOf("mbart"), t);
  editJson(copy, "sentence_bert_config.json", { max_seq_length: 8 });
  const encoder = await open(copy, t);
  const long = ["the mill by the river and the old house"];
  const [de, en] = [
    await encoder.encode(long, { language: "de" }),
    await encoder.encode(long, { language: "en" }),
  ];
  t.notDeepEqual(de, en);
});

test("a folder with half of a translator is refused, whatever exporter named it", async (t) => {
  const copy = copyOf(folderOf("mbart"), t);
  renameSync(join(copy, "onnx", "model.onnx"), join(copy, "onnx", "decoder_model.onnx"));
  await t.throwsAsync(open(copy, t), {
    instanceOf: ModelError,
    message: /has decoder_model\.onnx of a translator; expected its encoder as model\.onnx.*export-onnx\.py/,
  });
  const files = readdirSync(copy, { recursive: true, encoding: "utf8" });
  await t.throwsAsync(neededFiles("a/b", copy, files, { weights: true }), {
    instanceOf: ModelError,
    message: /^a\/b: has decoder_model\.onnx of a translator/,
  });
});

test("codes go along with the tokenizer from the hub", async (t) => {
  const folder = folderOf("mbart");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  t.true((await neededFiles("a/b", folder, files, { weights: true })).includes("language_codes.json"));
});

test("codes that are none, or stand nowhere, are refused by the file", async (t) => {
  const refused = async (codes: unknown, message: RegExp) => {
    const copy = copyOf(folderOf("mbart"), t);
    editJson(copy, "language_codes.json", { codes });
    await t.throwsAsync(open(copy, t), { instanceOf: ModelError, message });
  };
  await refused({ en_XX: "95" }, /language_codes\.json: codes has "95" for en_XX; expected the number/);
  await refused({}, /codes has no language/);
  await refused(["en_XX"], /codes is \["en_XX"\]; expected an object/);
  await refused({ en_XX: 3 }, /template puts none of the codes/);
  const copy = copyOf(folderOf("mbart"), t);
  editJson(copy, "language_codes.json", { place: "first" });
  await t.throwsAsync(open(copy, t), { message: /has the field place, which is unknown; expected codes/ });
  rmSync(join(copy, "language_codes.json"));
  t.is((await open(copy, t)).languages, undefined);
});
