import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { addRow } from "../../../src/clean/language/fasttext/matrix.js";
import { ngramRow } from "../../../src/clean/language/fasttext/ngram-row.js";
import { type FastTextModel, readModel } from "../../../src/clean/language/fasttext/read-model.js";
import { findRow } from "../../../src/clean/language/fasttext/row-table.js";
import { TextSums } from "../../../src/clean/language/fasttext/text-sums.js";
import { hashWord } from "../../../src/clean/language/fasttext/word-hash.js";
import { readLid176 } from "../../../src/clean/language/read-shipped.js";

const FOLDER = "test/clean/language/models";
/** What parts words for fastText. */
const SPACES = " \0\t\n\v\f\r";

const models = [...readdirSync(FOLDER).map((name) => readModel(join(FOLDER, name))), readLid176()];
/** Those whose words count one by one. */
const byWords = models.filter(({ wordNgrams }) => wordNgrams === 1);

const lines = ["de", "en", "fr"].flatMap((language) =>
  readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n").slice(0, 50),
);
const odd = [
  "",
  `Der${SPACES}Hund`,
  "x",
  "日本語と𝒳 🐟",
  "half a pair \ud83d of surrogates",
  "__label__de Der __label_ Hund",
  "Der Hund </s> bellt",
  "Der Hund</s> bellt </s",
];

test("a text's sum is that of its words' sums, and theirs of their rows, to the last bit", (t) => {
  for (const model of byWords) {
    const sums = new TextSums(model);
    // The second time words are remembered.
    for (const text of [...lines, ...odd, ...lines]) t.deepEqual(sums.of(text), sumOf(model, text), text);
  }
});

test("a word may have more n-grams than are told at once, and a text more bytes than there was room for", (t) => {
  const long = "Donaudampfschifffahrt".repeat(100);
  const large = Array.from({ length: 50_000 }, (_, i) => `w${i % 1000}é`).join(" ");
  for (const model of byWords) {
    const sums = new TextSums(model);
    for (const text of [lines[0], long, large, lines[0]])
      t.deepEqual(sums.of(text), sumOf(model, text), text.slice(0, 20));
  }
});

test("a text is folded before, unless at least half of its bytes are small letters of ASCII", (t) => {
  const long = "der hund bellt im garten";
  for (const model of byWords) {
    const sums = new TextSums(model);
    const asked = (text: string) => {
      const given: string[] = [];
      const fold = (text: string) => {
        given.push(text);
        return text.toLowerCase();
      };
      t.deepEqual(sums.of(text, fold), sumOf(model, given.length > 0 ? text.toLowerCase() : text));
      return given;
    };
    for (const text of ["ab", "abAB", `${long}${"A".repeat(long.length - 8)}`, ""])
      t.deepEqual(asked(text), []);
    for (const text of ["AB", "abABC", "der ÄÖÜ", long.toUpperCase(), "ДЕР hund"])
      t.deepEqual(asked(text), [text]);
  }
});

/** The definition: row after row, in numbers of 32 bits. */
function sumOf(model: FastTextModel, text: string): Float32Array {
  const words = text.split(new RegExp(`[${SPACES}]`)).filter((word) => word !== "");
  const end = words.indexOf("</s>");
  const total = new Float32Array(model.dimensions + 1);
  for (const word of end < 0 ? words : words.slice(0, end)) {
    if (word.startsWith("__label__")) continue;
    const sum = new Float32Array(model.dimensions + 1);
    for (const row of rowsOf(model, word)) {
      addRow(model.input, row, sum, 0);
      sum[model.dimensions]++;
    }
    for (const [i, value] of sum.entries()) total[i] += value;
  }
  return total;
}

/** The rows of a word and of its n-grams, of which a mark of its ends alone is none. */
function rowsOf(model: FastTextModel, word: string): number[] {
  const { words, minn, maxn, buckets } = model;
  const characters = Array.from(`<${word}>`);
  const rows = [findRow(words.rows, ...hashWord(Buffer.from(word)))];
  for (let first = 0; first < characters.length; first++)
    for (let length = Math.max(1, minn); length <= maxn && first + length <= characters.length; length++) {
      if (length === 1 && (first === 0 || first === characters.length - 1)) continue;
      const [hash] = hashWord(Buffer.from(characters.slice(first, first + length).join("")));
      rows.push(ngramRow(model, (hash >>> 0) % buckets));
    }
  return rows.filter((row) => row !== undefined);
}
