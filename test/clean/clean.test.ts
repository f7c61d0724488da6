import { readFileSync } from "node:fs";
import test from "ava";
import { type CleanOptions, clean } from "../../src/clean/clean.js";
import { hasMojibake, repairMojibake } from "../../src/clean/mojibake.js";
import { normaliseText } from "../../src/clean/normalise-text.js";
import type { Sentence } from "../../src/types/texts.js";
import { testShared } from "../shared.js";

async function cleanTexts(texts: string[], options: CleanOptions = {}) {
  const counts = { lines: 0, lastLine: 0, blank: 0, tooShort: 0, tooLong: 0 };
  async function* batches() {
    yield texts.map((text, i): Sentence => ({ text, line: i + 1 }));
  }
  const kept: Sentence[] = [];
  for await (const batch of clean(batches(), options, counts)) kept.push(...batch);
  return { kept, counts };
}

test("clean leaves out blank lines, counts them, and keeps line numbers", async (t) => {
  const { kept, counts } = await cleanTexts(["a", "", " \t ", "\u00a0", "b"]);
  t.deepEqual(kept, [
    { text: "a", line: 1 },
    { text: "b", line: 5 },
  ]);
  t.deepEqual(counts, { lines: 5, lastLine: 5, blank: 3, tooShort: 0, tooLong: 0 });
});

test("clean trims white space around a sentence and keeps what is inside", async (t) => {
  const { kept } = await cleanTexts(["  two  words\u3000"]);
  t.is(kept[0].text, "two  words");
});

test("lengths are Unicode characters, not UTF-16 units", async (t) => {
  const { kept, counts } = await cleanTexts(["🐟🐟", "🐟🐟🐟", "🐟🐟🐟🐟"], {
    minCharacters: 3,
    maxCharacters: 3,
  });
  t.deepEqual(
    kept.map(({ text }) => text),
    ["🐟🐟🐟"],
  );
  t.is(counts.tooShort, 1);
  t.is(counts.tooLong, 1);
});

const CASES: [title: string, text: string, expected: string][] = [
  ["plain text stays as it is", "The gate is open.", "The gate is open."],
  ["spaces become one, at the ends none", "  a \t b\u00a0\u3000c\u2028d \n", "a b c d"],
  ["accents are composed", "cafe\u0301", "café"],
  ["Hangul is composed", "\u1112\u1161\u11ab", "한"],
  ["control characters go", "a\u0000b\u0007c\u009bd\u007f", "abcd"],
  ["a next-line control parts words", "a\u0085b", "a b"],
  ["soft hyphens and byte-order marks go", "\ufeffhy\u00adphen", "hyphen"],
  ["zero-width spaces part words", "a\u200bb", "a b"],
  ["word joiners and marks of direction go", "a\u2060b \u200fשלום\u200e", "ab שלום"],
  ["half a surrogate pair can be told", "a\ud800b", "a\ufffdb"],
  ["whole surrogate pairs stay", "a😀b", "a😀b"],
  ["a non-joiner amid Persian stays", "می\u200cکند", "می\u200cکند"],
  ["a joiner after a virama stays", "क्\u200dष", "क्\u200dष"],
  ["a joiner of emoji stays", "👩\u200d🚀", "👩\u200d🚀"],
  ["joiners amid Latin go", "a\u200cb\u200dc", "abc"],
  ["joiners at the end of a word go", "می\u200c کند\u200d", "می کند"],
  ["nothing is left of nothing", " \u200b\u00ad ", ""],
];

for (const [title, text, expected] of CASES) test(title, (t) => t.is(normaliseText(text), expected));

test("normalising twice is normalising once", (t) => {
  const all = CASES.map(([, text]) => text);
  for (const text of [...all, all.join(""), all.reverse().join("")])
    t.is(normaliseText(normaliseText(text)), normaliseText(text));
});

test("what is seen at once to be plain is what the whole way leaves as it is", (t) => {
  const other: string[] = [];
  for (let unit = 0; unit < 0xd800; unit++) {
    const text = `x${String.fromCharCode(unit)}x`;
    // An accent by itself takes the whole way.
    if (normaliseText(text) !== normaliseText(`e\u0301 ${text}`).slice(2)) other.push(unit.toString(16));
  }
  t.deepEqual(other, []);
});

/** What windows-1252 shows for each byte from 0x80, its five gaps as controls, as every browser does. */
const UPPER = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** UTF-8 read as windows-1252, or as ISO 8859-1. */
function misread(text: string, as: "windows-1252" | "latin1" = "windows-1252"): string {
  const bytes = Buffer.from(text).toString("latin1");
  if (as === "latin1") return bytes;
  return bytes.replace(/[\x80-\x9f]/g, (control) => UPPER[control.charCodeAt(0) - 0x80]);
}

const TEXTS = [
  "Wer hat das Gartentor geöffnet?",
  "Ça, c’est déjà vu… où ?",
  "¿Quién dejó abierta la puerta?",
  "Kto wczoraj zostawił otwartą bramę?",
  "Паром отходит в семь.",
  "Ποιος άφησε την πόρτα;",
  "如果没有雾，渡轮七点开。",
  "ゆうべ、門を開けたのは誰？",
  "नाव सात बजे चलती है।",
  "כן, השער פתוח.",
  "It’s 5 € – “quoted”.",
  "A 😀 smile",
];

for (const text of TEXTS)
  test(`read as another character set, once or twice, it is repaired: ${text}`, (t) => {
    t.is(repairMojibake(misread(text)), text);
    t.is(repairMojibake(misread(text, "latin1")), text);
    t.is(repairMojibake(misread(misread(text))), text);
  });

test("text that is right stays as it is", (t) => {
  for (const text of [...TEXTS, "Spaß“", "« voilà\u00a0»", "IRMû", "é…»", "5 £ ½ €", "ÁÂÃÄ", "plain", ""]) {
    t.is(repairMojibake(text), text);
    t.false(hasMojibake(text), text);
  }
});

test("an à that lost its no-break space is repaired where another sign is", (t) => {
  t.is(repairMojibake("dÃ©jÃ vu"), "déjà vu");
});

test("the controls that quotation marks of windows-1252 became are set right", (t) => {
  t.is(repairMojibake("\u0093quoted\u0094 \u0096 5 \u0080"), "“quoted” – 5 €");
});

test("where a text has other letters too, it is told and left", (t) => {
  const text = "Ünal sagt: dÃ©jÃ vu";
  t.is(repairMojibake(text), text);
  t.true(hasMojibake(text));
});

testShared(
  "no sentence of Tatoeba is taken for mojibake, and nine in ten are repaired",
  "data/tatoeba",
  async (t, folder) => {
    let [high, repaired] = [0, 0];
    for (const language of ["ces", "deu", "fra", "hun", "jpn", "pol", "por", "rus", "tur", "vie"])
      for (const text of readFileSync(`${folder}/tatoeba.${language}-eng.${language}`, "utf8")
        .trimEnd()
        .split("\n")) {
        t.is(repairMojibake(text), text);
        if (hasMojibake(text)) t.fail(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: whatever is not ASCII
        if (!/[^\x00-\x7f]/.test(text)) continue;
        high++;
        if (repairMojibake(misread(text)) === text) repaired++;
      }
    t.true(repaired > 0.9 * high, `${repaired} of ${high}`);
  },
);
