import test from "ava";
import { decodeText } from "../../../src/read/charset/decode-text.js";

/** Bytes of a text, by a table of the letters that ASCII lacks. */
function encode(text: string, table: Record<string, number>): Buffer {
  return Buffer.from([...text].map((letter) => table[letter] ?? letter.charCodeAt(0)));
}

const WINDOWS_1252 = { "€": 0x80, "“": 0x93, "”": 0x94, "–": 0x96, é: 0xe9, ü: 0xfc, ß: 0xdf };
const PRICE = "<p>“Grüße” – 5 € für das Café</p>";

test("the header's character set is read, and that of a meta, of XML, of a byte-order mark", (t) => {
  const bytes = encode(PRICE, WINDOWS_1252);
  t.is(decodeText(bytes, "windows-1252").text, PRICE);
  t.is(decodeText(bytes, "ISO-8859-1").text, PRICE);
  for (const declaration of [
    '<meta charset="windows-1252">',
    "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=cp1252'>",
    '<?xml version="1.0" encoding="windows-1252"?>',
    `<!-- ${"long ".repeat(400)} --><meta charset=latin1>`,
  ]) {
    t.is(decodeText(Buffer.concat([Buffer.from(declaration), bytes])).text, declaration + PRICE);
  }
  t.is(decodeText(Buffer.from(`\ufeff${PRICE}`, "utf8"), "windows-1252").text, PRICE);
  t.is(decodeText(Buffer.from(`\ufeff${PRICE}`, "utf16le")).text, PRICE);
});

test("the header goes before a meta", (t) => {
  const page = '<meta charset="windows-1252"><p>\u0416';
  const bytes = Buffer.concat([Buffer.from(page.slice(0, -1)), Buffer.from([0xf6])]);
  t.is(decodeText(bytes, "koi8-r").text, page);
});

test("single bytes are not believed of what is valid UTF-8, nor UTF-8 of what is none", (t) => {
  t.is(decodeText(Buffer.from(PRICE), "iso-8859-1").text, PRICE);
  const sentence = "<p>Der Müller geht über die Brücke und grüßt die Schüler, die früh müde sind.</p>";
  const bytes = encode(sentence, { ü: 0xfc, ß: 0xdf });
  t.is(decodeText(bytes, "utf-8").text, sentence);
  const oneBad = Buffer.concat([Buffer.from("<p>Grüße für das Café"), Buffer.from([0xff])]);
  t.is(decodeText(oneBad, "utf-8").text, "<p>Grüße für das Café\ufffd");
});

test("what declares nothing is UTF-8 if it can be, else what it looks like", (t) => {
  t.deepEqual(decodeText(Buffer.from("<p>Żółw i jeż")), { text: "<p>Żółw i jeż", unknownCharset: undefined });
  const sentence = "Привет, мир! Как дела? Сегодня хорошая погода, и мы идём гулять в парк.";
  const lower = Object.fromEntries(
    [..."абвгдежзийклмнопрстуфхцчшщъыьэюя"].map((letter, i) => [letter, 0xe0 + i]),
  );
  const upper = Object.fromEntries(
    [..."АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"].map((letter, i) => [letter, 0xc0 + i]),
  );
  t.is(decodeText(encode(sentence, { ...lower, ...upper, ё: 0xb8 })).text, sentence);
});

test("an unknown label is told, and lets the next one speak or the text be looked at", (t) => {
  t.deepEqual(decodeText(Buffer.from("<p>Grüße"), "x-klingon"), {
    text: "<p>Grüße",
    unknownCharset: "x-klingon",
  });
  const page = '<meta charset="windows-1252"><p>5 €';
  const bytes = encode(page, WINDOWS_1252);
  t.deepEqual(decodeText(bytes, "none"), { text: page, unknownCharset: "none" });
});

test("a meta whose content ends with the word charset does not stop the reading", (t) => {
  const page = '<meta http-equiv="Content-Type" content="text/html; charset"><p>Grüße';
  t.is(decodeText(Buffer.from(page)).text, page);
});

test("the character sets of East Asia are read", (t) => {
  const cases: [label: string, hex: string, text: string][] = [
    ["shift_jis", "93fa967b8cea", "日本語"],
    ["euc-jp", "c6fccbdcb8ec", "日本語"],
    ["iso-2022-jp", "1b2442467c4b5c386c1b2842", "日本語"],
    ["gb2312", "d6d0cec4", "中文"],
    ["big5", "a4a4a4e5", "中文"],
    ["euc-kr", "c7d1b1b9beee", "한국어"],
  ];
  for (const [label, hex, text] of cases) t.is(decodeText(Buffer.from(hex, "hex"), label).text, text, label);
});
