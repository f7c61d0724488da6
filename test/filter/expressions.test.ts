import { readFileSync } from "node:fs";
import test from "ava";
import { OptionError } from "../../src/errors.js";
import { compilePython } from "../../src/filter/expressions/python-expression.js";
import { judgeTexts, openRule } from "./open-rule.js";

/** Made by `expressions.py`: a digit for each text. */
const { patterns, texts, found } = JSON.parse(readFileSync("test/filter/expressions.json", "utf8")) as {
  patterns: string[];
  texts: string[];
  found: string[];
};

for (const [index, pattern] of patterns.entries())
  test(`${pattern} is found where Python's regex finds it`, (t) => {
    const expression = compilePython(pattern);
    for (const [place, text] of texts.entries())
      t.is(expression.test(text), found[index][place] === "1", JSON.stringify(text));
  });

/** What is refused, and the hint. */
const REFUSED: [pattern: string, problem: RegExp, advice: RegExp][] = [
  ["(?i:a)b", /Flags for a part/, /Write \(\?i\) at its beginning/],
  ["(?>a+)b", /atomic group/, /Write \(\?:/],
  ["a++b", /possessive/, /Leave out its last \+/],
  ["(a(?R)?b)", /Recursion/, /as many levels/],
  ["(?:abc){e<=1}", /approximate match/, /\\{ for a brace/],
  ["\\p{InCyrillic}", /no property \\p\{InCyrillic\}/, /name a script, such as \\p\{Cyrillic\}/],
  ["\\p{Klingon}", /no property/, /\\p\{Han\}/],
  ["[[:letter:]]", /no class \[:letter:\]/, /alpha, alnum/],
  ["\\y", /no \\y/, /write y/],
  ["[a", /A class has no end/, /Write \]/],
];

for (const [pattern, problem, advice] of REFUSED)
  test(`${pattern} is refused with a hint`, async (t) => {
    const error = await t.throwsAsync(() => openRule("RegExpFilter", { regexps: pattern }), {
      instanceOf: OptionError,
    });
    t.regex(error!.message, /^RegExpFilter: /);
    t.regex(error!.message, problem);
    t.regex(error!.message, advice);
  });

test("an expression that is broken is told as it was written", (t) => {
  const error = t.throws(() => compilePython("(a"), { instanceOf: OptionError });
  t.is(error!.message, "The regular expression (a cannot be read: Unterminated group.");
});

for (const pattern of ["(a+)+$", "(a|a)*$", "a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*$"])
  test(`a search for ${pattern} that would not end is stopped, and its limit is told`, async (t) => {
    const rule = await openRule("RegExpFilter", { regexps: pattern, time_limit: 0.05 });
    const error = t.throws(() => judgeTexts(rule, `${"a".repeat(200)}b`, "x"), { instanceOf: OptionError });
    t.regex(
      error!.message,
      /still searching after 0\.05 s in a text of 201 characters, "aaa.*raise time_limit/,
    );
  });

test("sides are searched with the expression of their own", async (t) => {
  const rule = await openRule("RegExpFilter", {
    regexps: ["(?i)\\bSTRASSE\\b|\\d{2}", "(?P<one>\\w)(?P=one)"],
  });
  t.deepEqual(judgeTexts(rule, "Zimmer १२", "room"), { value: [1, 1], kept: false });
  t.deepEqual(judgeTexts(rule, "Zimmer 1", "a bed"), { value: [0, 0], kept: true });
});
