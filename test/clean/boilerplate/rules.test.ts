import test from "ava";
import { openRules, RULE_NAMES, type RuleName } from "../../../src/clean/boilerplate/rules.js";
import { OptionError } from "../../../src/errors.js";

const firstFault = openRules();

const BROKEN: Record<RuleName, string[]> = {
  "too-short": ["", "a", "是。", "𐐨𐐩"],
  "too-long": ["word ".repeat(201).trim(), "字".repeat(1001)],
  "replacement-characters": ["The ga\ufffdte is open."],
  mojibake: ["Ünal sagt: dÃ©jÃ vu"],
  "url-only": [
    "https://example.org/a?b=1",
    "www.example.org",
    "someone@example.org",
    "example.com/path example.org",
  ],
  "numbers-only": ["12345", "3.14 – 2.71", "٣٤٥٦", "+49 (0) 30 123 456"],
  "few-letters": ["a1234567", "--- x ---", "***", "😀😀😀"],
  "repeated-characters": ["Nooooooooooo", "𐐨".repeat(10), "ja........... nein, wirklich wahr"],
  "menu-like": [
    "Home | About us | Contact",
    "Start › Shop › Shoes",
    "Haus · Garten · Hof",
    "News / Sport / Weather",
  ],
};

for (const name of RULE_NAMES)
  test(`${name} is broken by such texts`, (t) => {
    for (const text of BROKEN[name]) t.is(firstFault(text), name, text);
  });

test("sentences of many kinds stay", (t) => {
  for (const text of [
    "The gate is open.",
    "是的。",
    "𐐨".repeat(9),
    "OK?",
    "In 1999, 12 of 15 stayed at home.",
    "See https://example.org for more.",
    "नाव सात बजे चलती है।",
    "เรือออกเวลาเจ็ดโมง",
    "E.g. and/or, he - the miller - said yes.",
    "Wait... what?!",
    "字句".repeat(500),
    "😀 smile",
    "Either | or.",
  ])
    t.is(firstFault(text), undefined, text);
});

test("options move the bounds, and characters beyond 16 bits count once", (t) => {
  t.is(openRules({ minCharacters: 4, minLetters: 0 })("😀😀😀"), "too-short");
  t.is(openRules({ minCharacters: 3, minLetters: 0 })("😀😀😀"), undefined);
  t.is(openRules({ maxCharacters: 5 })("abcdef"), "too-long");
  t.is(openRules({ maxCharacters: 5 })("abcde"), undefined);
  t.is(openRules({ maxRun: 2 })("aaab"), "repeated-characters");
  t.is(openRules({ maxRun: 2 })("aab"), undefined);
  t.is(openRules({ maxRun: 2 })("aa aa   aa"), undefined);
  t.is(openRules({ minLetters: 0.75 })("abc1"), undefined);
  t.is(openRules({ minLetters: 0.76 })("abc1"), "few-letters");
  t.is(openRules({ without: ["numbers-only", "few-letters"] })("12345"), undefined);
});

for (const options of [
  { minCharacters: -1 },
  { minCharacters: 1.5 },
  { minCharacters: 5, maxCharacters: 4 },
  { maxCharacters: Number.NaN },
  { minLetters: 1.1 },
  { maxRun: 0 },
  { without: ["no-such-rule" as RuleName] },
])
  test(`${JSON.stringify(options)} are refused`, (t) => {
    t.throws(() => openRules(options), { instanceOf: OptionError });
  });
