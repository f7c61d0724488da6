import test from "ava";
import { copyKey, lettersOf, nearKey } from "../../src/text/copy-key.js";
import { nearestName } from "../../src/text/nearest-name.js";
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
