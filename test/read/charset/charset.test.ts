import test from "ava";
import { decodeText } from "../../../src/read/charset/decode-text.js";
import { findUtf16 } from "../../../src/read/charset/utf16.js";

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

const TEXTS = {
  "a page": '<html><meta charset="utf-16"><p>今日はとても良い天気です。</p>',
  German: "Die Mühle steht seit drei Jahren still.\n",
  Russian: "Мельница стоит уже три года.\nВчера торжественно открыли порт.\n",
  Hindi: "चक्की तीन साल से बंद है।\nबंदरगाह कल खुला।\n",
  Chinese: "今天的天气非常好，我们去公园散步。\n一一一明天可能会下雨，请带上雨伞。\n",
  "an emoji where the sample ends": `${"x".repeat(2047)}😀${"x".repeat(99)}`,
};

for (const [what, text] of Object.entries(TEXTS)) {
  test(`${what} in UTF-16 without a mark is known by its zeros, and read`, (t) => {
    const le = Buffer.from(text, "utf16le");
    const be = Buffer.from(le).swap16();
    t.deepEqual([findUtf16(le), findUtf16(be)], ["utf-16le", "utf-16be"]);
    t.deepEqual(
      [decodeText(le).text, decodeText(be, "utf-8").text, decodeText(be, "utf-16").text],
      [text, text, text],
    );
  });
}

test("UTF-16 without a zero is taken on its header's word", (t) => {
  const bytes = Buffer.from("今天的天气非常好，我们去公园散步。", "utf16le");
  t.is(findUtf16(bytes), undefined);
  t.is(decodeText(bytes, "utf-16").text, "今天的天气非常好，我们去公园散步。");
});

test("what is said to be UTF-16 and is not is read as what it is", (t) => {
  for (const text of ["<p>plain text", "<p>Grüße"]) t.is(decodeText(Buffer.from(text), "utf-16").text, text);
});

test("neither numbers, nor other texts with a zero in them, are UTF-16", (t) => {
  const numbers = Buffer.from(Uint16Array.from({ length: 900 }, (_, i) => i).buffer);
  const latin = Buffer.from(`Grüße und Küsse\0${"für alle Mädchen ".repeat(40)}`, "latin1");
  const ascii = Buffer.from(`zeros\0${"in a plain text ".repeat(40)}`);
  for (const bytes of [numbers, latin, ascii, Buffer.alloc(0), Buffer.alloc(8)])
    t.is(findUtf16(bytes), undefined);
});
