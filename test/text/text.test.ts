import test from "ava";
import { InputError } from "../../src/errors.js";
import { copyKey, lettersOf, nearKey } from "../../src/text/copy-key.js";
import { languageOfName, languagesOfNames } from "../../src/text/language-of-name.js";
import { scriptsOfLanguage } from "../../src/text/language-scripts.js";
import { formatGroups, nearTo } from "../../src/text/near-languages.js";
import { nearestName } from "../../src/text/nearest-name.js";
import { printable } from "../../src/text/printable.js";
import { UnitNumbers } from "../../src/text/unit-numbers.js";

/** Each row's texts are copies of each other, and of no other row's. */
const TEXTS = [
  ["Fotoalbum", "Foto-Album", "foto album", "FOTOALBUM!", "Foto\u00adalbum", "Ｆｏｔｏａｌｂｕｍ"],
  ["Fort Belisar, 1913!", "FORT  BELISAR – １９１３", "fort belisar ١٩١٣"],
  ["Fort Belisar, 1914"],
  ["résumé", "Résumé", "re\u0301sume\u0301", "RE\u0301SUME\u0301?"],
  ["resume"],
  ["Große Straße", "GROSSE STRASSE", "GROẞE STRAẞE"],
  ["İstanbul", "istanbul", "ISTANBUL", "i\u0307stanbul", "I\u0307STANBUL"],
  ["Ο Οδυσσέας", "Ο ΟΔΥΣΣΈΑΣ", "ο οδυσσε\u0301ας"],
  ["ข่าว", "ข่าว!", " ข่าว "],
  ["ข้าว"],
  ["ขาว"],
  ["น้ำ", "น้ํา"],
  ["कल", "क\u200dल"],
  ["कला", "कला।"],
  ["कुल"],
  ["हिन्दी १२", "हिन्‌दी 12"],
  ["हिन्दी"],
  ["中文", "「中文」", "中 文。"],
  ["中国"],
  ["ガイド", "ｶﾞｲﾄﾞ", "カ\u3099イト\u3099"],
  ["カイト"],
  ["한국어", "한국어".normalize("NFD")],
  ["!!!", "！！！", "! ! !"],
  ["???"],
  ["👍"],
  ["👎"],
  ["❤", "❤\ufe0f"],
  ["☀\ufe0f"],
  ["", " ", "\u3000\n", "\u200b"],
];

test("texts are copies of each other where letters and digits are the same, in every script", (t) => {
  const keys = TEXTS.map((copies) => {
    const [key, ...others] = copies.map(copyKey);
    for (const [i, other] of others.entries()) t.is(other, key, copies[i + 1]);
    return key;
  });
  t.is(new Set(keys).size, TEXTS.length);
});

test("every character of Unicode is a copy of its other case, its composed form and its wide one", (t) => {
  const differing: string[] = [];
  // Beyond these there are Han characters, tags and no more than that.
  for (let code = 0; code < 0x20000; code++) {
    const character = String.fromCodePoint(code);
    const forms = [
      character.toUpperCase(),
      character.toLowerCase(),
      ...["NFC", "NFD", "NFKC"].map((form) => character.normalize(form)),
    ];
    const others = forms.filter((form) => form !== character);
    if (others.some((form) => copyKey(form) !== copyKey(character))) differing.push(code.toString(16));
  }
  t.deepEqual(differing, []);
});

test("the key of a key is the same", (t) => {
  for (const text of TEXTS.flat()) t.is(copyKey(copyKey(text)), copyKey(text));
});

test("near texts have the same letters, whatever their numbers", (t) => {
  t.is(nearKey("Kapitel 3: Die Mühle"), nearKey("kapitel 12 – DIE MÜHLE"));
  t.not(nearKey("Kapitel 3"), nearKey("Chapter 3"));
  t.not(nearKey("ข่าว ๑"), nearKey("ข้าว ๑"));
});

test("near texts without letters are copies", (t) => {
  t.is(nearKey("1918–1920!"), nearKey("1918 – 1920"));
  t.not(nearKey("1918"), nearKey("1920"));
  t.not(nearKey("!"), nearKey("?"));
});

test("a text of digits and signs has no letters", (t) => {
  t.is(lettersOf("Kapitel 3"), "kapitel");
  t.is(lettersOf("1918–1920!"), "");
  t.is(lettersOf("!?"), "");
});

const NAMES = ["threshold", "unit", "max_length", "min_length"];

test("a name with a letter in three wrong is found, case aside", (t) => {
  t.is(nearestName("treshold", NAMES), "threshold");
  t.is(nearestName("max_lenght", NAMES), "max_length");
  t.is(nearestName("UNIT", NAMES), "unit");
  t.is(nearestName("unity", NAMES), "unit");
});

test("one that is further off is none, whatever else there is", (t) => {
  t.is(nearestName("limit", NAMES), undefined);
  t.is(nearestName("un", NAMES), undefined);
  t.is(nearestName("", NAMES), undefined);
  t.is(nearestName("unit", []), undefined);
});

test("different parts are numbered from 1 on as they come, those beyond 16 bits too", (t) => {
  const numbers = new UnitNumbers();
  numbers.begin();
  t.deepEqual(
    [7, 0x1f600, 7, 0, 0x1f600].map((part) => numbers.add(part)),
    [1, 2, 1, 3, 2],
  );
  t.is(numbers.count, 3);
  t.deepEqual(
    [0, 7, 0x1f600, 8, 0xf600].map((part) => numbers.of(part)),
    [3, 1, 2, 0, 0],
  );
});

test("a text knows nothing of the one before", (t) => {
  const numbers = new UnitNumbers();
  for (const text of [
    [1, 2, 0x1f600],
    [3, 1],
  ]) {
    numbers.begin();
    for (const part of text) numbers.add(part);
  }
  t.deepEqual(
    [1, 2, 3, 0x1f600].map((part) => numbers.of(part)),
    [2, 0, 1, 0],
  );
});

test("a language is the last part of a file's name before its format and compression", (t) => {
  const names = {
    "samples/town.de": "de",
    "news.zh-Hant.txt.gz": "zh-Hant",
    "sentences/de.jsonl.zst": "de",
    "sentences/de-00001.jsonl.zst": "de",
    "corpus.deu_Latn": "deu_Latn",
    "vectors/news.en.npy": "en",
    "town.id": "id",
    "town.xx": undefined,
    "pairs.tsv": undefined,
    "source.txt": undefined,
    ".de": undefined,
  };
  for (const [name, language] of Object.entries(names)) t.is(languageOfName(name), language, name);
});

test("two names tell languages where both do, and different ones", (t) => {
  t.deepEqual(languagesOfNames(["town.de", "town.en"]), ["de", "en"]);
  t.is(languagesOfNames(["a.de", "b.de"]), undefined);
  t.is(languagesOfNames(["a.de", {}]), undefined);
});

test("a language has the scripts that it is written in, the usual one first, or the one that its code names", (t) => {
  for (const [code, scripts] of [
    ["de", "Latn"],
    ["sr", "Cyrl Latn"],
    ["sr-Latn", "Latn"],
    ["uz", "Latn Cyrl Arab"],
    ["zh", "Hans Hant"],
    ["zh-Hant", "Hant"],
    ["ja", "Jpan"],
  ])
    t.is(scriptsOfLanguage(code).join(" "), scripts, code);
});

test("a language is near to itself, and to all with which it shares a group", (t) => {
  const groups = [
    ["a", "b"],
    ["b", "c"],
  ];
  t.deepEqual([...nearTo("b", groups)].sort(), ["a", "b", "c"]);
  t.deepEqual([...nearTo("c-Latn", groups)].sort(), ["b", "c"]);
  t.deepEqual([...nearTo("d", groups)], ["d"]);
  t.is(formatGroups(groups), "a+b,b+c");
});

test("what a terminal obeys is escaped: controls, ends of lines, directions of writing, halves of characters", (t) => {
  const shown: [text: string, shown: string][] = [
    ["\x1b[31mred\x07", "\\u001b[31mred\\u0007"],
    ["two\nlines\r\tand \x7f", "two\\nlines\\r\\tand \\u007f"],
    ["\x9b2J\x85", "\\u009b2J\\u0085"],
    ["a\u202etxt.exe\u2069\u200f", "a\\u202etxt.exe\\u2069\\u200f"],
    ["\u2028 \u2029", "\\u2028 \\u2029"],
    ["\ud83d 😀 \ude00", "\\ud83d 😀 \\ude00"],
  ];
  for (const [text, expected] of shown) t.is(printable(text), expected);
});

test("letters of every script stay, with what joins them; so does a backslash", (t) => {
  for (const text of ["naïve – “ß” \\n", "می‌خواهم", "👩‍👩‍👧", "ﬁ\u00a0x"]) t.is(printable(text), text);
});

test("the middle of a long text is left out, between characters, and how much is told", (t) => {
  const text = `a${"😀".repeat(2000)}`;
  t.is(printable(text), `a${"😀".repeat(749)} … (2102 characters) … ${"😀".repeat(200)}`);
  t.is(printable("x".repeat(2000)), "x".repeat(2000));
});

test("what it gave stays as it is", (t) => {
  for (const text of ["\x1b\n", "\u0000".repeat(5000)]) t.is(printable(printable(text)), printable(text));
});

test("an error is as long as one text at most, be its place and its problem both long", (t) => {
  const { message } = new InputError({ path: "p".repeat(9000) }, "x".repeat(1990));
  t.true(message.length <= 2000, `${message.length}`);
  t.true(message.startsWith("ppp") && message.endsWith("xxx"));
});
