import { readFileSync } from "node:fs";
import test from "ava";
import { OptionError } from "../../src/errors.js";
import { compilePython } from "../../src/filter/expressions/python-expression.js";
import { listRules } from "../../src/filter/list-rules.js";
import { longestCommonSubstring } from "../../src/filter/longest-common-substring.js";
import { mayRepeat } from "../../src/filter/periods.js";
import type { Rule } from "../../src/filter/rule.js";
import { suggestBounds } from "../../src/filter/suggest.js";
import { codesOf } from "../../src/text/code-points.js";
import { editDistance } from "../../src/text/edit-distance.js";
import { randomNumbers } from "../random.js";
import { judgeTexts, openRule } from "./open-rule.js";

/** What our own rules measure of two texts; the numbers are counted by hand. */
const MEASURED: [
  rule: string,
  options: object,
  source: string,
  target: string,
  value: number | number[],
  kept: boolean,
][] = [
  ["PunctuationRatioFilter", {}, "a, b.", "(--)", [0.4, 1], false],
  ["RepeatedCharacterFilter", {}, "Nooo", "aab", [3, 2], true],
  ["RepeatedCharacterFilter", { threshold: 2 }, "Nooo", "aab", [3, 2], false],
  ["RepeatedCharacterFilter", {}, "Super 😀😀😀😀😀😀😀😀😀😀😀", "★★ 𠮷𠮷𠮷", [11, 3], false],
  ["RepeatedNgramFilter", { size: 2 }, "a b a b", "a b", [1 / 3, 0], false],
  ["RepeatedNgramFilter", { size: 1 }, "的的", "one two", [0.5, 0], false],
  ["NumberMatchFilter", {}, "3 von 5", "3 of 7", 1, false],
  ["NumberMatchFilter", {}, "3 von 5", "three of 5", 0, true],
  ["NumberMatchFilter", {}, "1.234,50 €", "€1,234.5", 0, true],
  ["NumberMatchFilter", {}, "5 Tausend", "5000", 0, true],
  ["NumberMatchFilter", {}, "26 750 um 4:40", "26,750 at 4:40", 0, true],
  ["NumberMatchFilter", {}, "in den 80ern", "in the 1980s", 0, true],
  ["NumberMatchFilter", {}, "2019 368 Hunde", "368 dogs in 2020", 1, false],
  ["NumberMatchFilter", {}, "٣ كتب", "3 books", 0, true],
  ["NumberMatchFilter", {}, "価格は１２，５００円です。", "The price is 12,500 yen.", 0, true],
  ["NumberMatchFilter", {}, "选１，２或３", "Take 1, 2 or 3", 0, true],
  ["NumberMatchFilter", {}, "身長は１．７５メートルです。", "He is 1.75 meters tall.", 0, true],
  ["NumberMatchFilter", {}, "١٢،٥٠٠ شخص", "12,500 people", 0, true],
  ["NumberMatchFilter", {}, "um 2.30 Uhr, nicht um 10.05", "at 2:30, not at 10:05", 0, true],
  ["NumberMatchFilter", {}, "at 2:30", "um 2.30 Uhr", 0, true],
  ["NumberMatchFilter", {}, "2時30分に", "um 2.30 Uhr", 0, true],
  ["NumberMatchFilter", {}, "um 2.30 Uhr", "at 2:40", 1, false],
  ["NumberMatchFilter", {}, "هنا 1988،1990", "here in 1988, 1990", 0, true],
  ["NumberMatchFilter", {}, "房间100，200，300。", "Rooms 100, 200, 300.", 0, true],
  ["NumberMatchFilter", {}, "issued on 2001-04-01", "am 01.04.2001", 0, true],
  ["NumberMatchFilter", {}, "am 1.1.1900", "on 1/1/1900", 0, true],
  ["NumberMatchFilter", {}, "2001.04.01", "am 01.04.2001", 0, true],
  ["NumberMatchFilter", {}, "am 01.04.2001", "on 2001-04-02", 1, false],
  ["NumberMatchFilter", {}, "Version 2.75", "parts 2 and 75", 1, false],
  ["TerminalMarkFilter", {}, "Ja?", "Yes.", 1, false],
  ...[
    "မင်္ဂလာပါ။",
    "សួស្តី។",
    "བཀྲ་ཤིས།",
    "はい｡",
    "はい。｣",
    "Ja.›",
    "Ja…",
    "Ja．",
    "हाँ।",
    "Այո։",
    "بله؛",
    "አዎ፤",
  ].map((text): (typeof MEASURED)[number] => ["TerminalMarkFilter", {}, text, "Yes.", 0, true]),
  ["TerminalMarkFilter", {}, "ምን፧", "What?!", 1, false],
  ["TerminalMarkFilter", {}, "Was⁉", "What!?", 0, true],
  ["TerminalMarkFilter", {}, "", "»", 0, true],
  ["TerminalMarkFilter", {}, "好吗？", "All right?”", 0, true],
  ["TerminalMarkFilter", {}, "Titel", "Title.", 1, false],
  ["TerminalMarkFilter", {}, "Τι ώρα είναι;", "What time is it?", 0, true],
  ["TerminalMarkFilter", {}, "«Πας στο ΙΚΕΑ\u037e»", "Are you going to IKEA?", 0, true],
  ["TerminalMarkFilter", {}, "Η ώρα είναι τρεις;", "It is three o'clock.", 1, false],
  ["TerminalMarkFilter", {}, "Der Winkel ist α;", "The angle is α.", 0, true],
  ["InitialCaseFilter", {}, "Das Haus", "the house", 1, false],
  ["InitialCaseFilter", {}, "家", "House", 0, true],
  ["InitialCaseFilter", {}, "„das", "(the", 0, true],
  ["QuoteFilter", { threshold: 1 }, "„Ja“, sagte er (leise).", "Yes, he said, it's fine.", 4, false],
  ["AddressMatchFilter", {}, "Siehe https://example.org/a.", "See https://example.org/a", 0, true],
  ["AddressMatchFilter", {}, "Mail an a.b@example.org", "Send mail", 1, false],
  ["AddressMatchFilter", {}, "Siehe OpenOffice.org.", "See openoffice.org.", 0, true],
  ["AddressMatchFilter", {}, "Siehe https://Example.com/", "See https://example.com", 0, true],
  ["AddressMatchFilter", {}, "Mail an Info@Foo.de", "Mail to info@foo.de", 0, true],
  ["AddressMatchFilter", {}, "Siehe example.com/A/", "See example.com/a/", 2, false],
  ["HighScoreGuardFilter", {}, "the same words here", "the same words there", 0, true],
  ["LongWordFilter", {}, "字".repeat(40), "a", [40, 1], false],
  ["LongWordFilter", { part_unspaced: true }, "字".repeat(40), "a".repeat(40), [0, 40], false],
  ["LongWordFilter", { part_unspaced: true }, `${"字".repeat(40)}CERN。`, "CERN", [5, 4], true],
  ["LengthRatioFilter", { unit: "char", by_script: true }, "汉字かなab", "a".repeat(12), 1, true],
  ["LengthRatioFilter", { unit: "char" }, "汉字かなab", "a".repeat(12), 2, true],
  ["no_identical", {}, "MÜLLER STRASSE 1!", "Müller Straße", 1, false],
  ["no_identical", {}, "ΟΔΥΣΣΕΥΣ, ﬁn", "Οδυσσευς Fin", 1, false],
  ["no_identical", {}, "ısı", "isi", 0, true],
  ["no_identical", {}, "की", "का", 0, true],
  [
    "no_space_noise",
    {},
    "اتصل بالأرقام ١ ٢ ٣ ٤ ٥ الآن.",
    "Call １ ２ ３ ４ ５ or १ २ ३ ४ ५ now.",
    [0, 0],
    true,
  ],
  ["no_space_noise", {}, "Fast 😀 😀 😀 😀 da", "a 👍🏽 ❤️ 🇫🇮 👩‍🚀 b", [1, 1], false],
  ["no_space_noise", {}, "l i k e t h i s", "a 😀 😀 😀 b", [1, 0], false],
];

for (const [name, options, source, target, value, kept] of MEASURED)
  test(`${name} ${JSON.stringify(options)} measures ${JSON.stringify(value)} of ${source} · ${target}`, async (t) => {
    t.deepEqual(judgeTexts(await openRule(name, options), source, target), { value, kept });
  });

/** What Bicleaner's hard rules say of a side of each language. */
const REPEATED: [language: string, text: string, kept: boolean][] = [
  ["en", "Verily, verily, I say unto you.", true],
  ["en", "Choose Tools - Options - Options for text.", true],
  ["en", "Self-service service desk", false],
  ["en", "So it was was in the Straße strasse.", true],
  ["en", "There it is it is.", false],
  ["en", "so so long so long", true],
  ["tr", "Köyleri bir bir gezdi.", true],
  ["tr", "Köyleri birer birer gezdi.", false],
  ["zh", "你好吗你好吗", false],
  ["zh", "你好你好", true],
];

for (const [language, text, kept] of REPEATED)
  test(`no_repeated_words ${kept ? "keeps" : "rejects"} ${text}`, async (t) => {
    const rule = await openRule("no_repeated_words", {}, { languages: [language, "fr"] });
    t.is(judgeTexts(rule, text, "x").kept, kept);
  });

test("HighScoreGuardFilter rejects copies among high scores alone", async (t) => {
  const rule = await openRule("HighScoreGuardFilter", { from: 0.9 });
  const judge = (score: number) => judgeTexts(rule, "Version 2 of libfoo", "libfoo Version 2", { score });
  t.deepEqual(judge(0.95), { value: 1, kept: false });
  t.deepEqual(judge(0.9), { value: 0, kept: true });
});

test("ScoreFilter keeps scores within its thresholds, and asks for one where there is none", async (t) => {
  const rule = await openRule("ScoreFilter", { threshold: 1.05, max_threshold: 2 });
  t.true(judgeTexts(rule, "a", "b", { score: 1.05 }).kept);
  t.false(judgeTexts(rule, "a", "b", { score: 1.04 }).kept);
  t.false(judgeTexts(rule, "a", "b", { score: 2.1 }).kept);
  t.throws(() => judgeTexts(rule, "a", "b", { line: 7 }), {
    message: /^test, line 7: has no score.*scoreColumn/,
  });
});

test("ScoreFilter rejects a pair whose score is empty", async (t) => {
  const rule = await openRule("ScoreFilter");
  const row = { cells: ["", "a", "b"], columns: { score: 0, source: 1, target: 2 } };
  t.deepEqual(judgeTexts(rule, "a", "b", { row }), { value: Number.NaN, kept: false });
  const fields = { source: "source", target: "target", score: "score" };
  const value = { source: "a", target: "b", score: null };
  t.false(judgeTexts(rule, "a", "b", { record: { text: JSON.stringify(value), value, fields } }).kept);
  const below = { text: '{"meta":{"score":null}}', value: { meta: { score: null } } };
  t.false(
    judgeTexts(rule, "a", "b", { record: { ...below, fields: { ...fields, score: "meta.score" } } }).kept,
  );
  t.throws(() => judgeTexts(rule, "a", "b", { record: { text: "{}", value: {}, fields } }), {
    message: /has no score/,
  });
});

test("a ratio by language takes the usual lengths of both for 1", async (t) => {
  const options = { unit: "char", by_language: true };
  const rule = await openRule("LengthRatioFilter", options, { languages: ["zh", "en"] });
  // 0.34 characters of Chinese for one of English.
  const { value } = judgeTexts(rule, "字".repeat(34), "x".repeat(100));
  t.is((value as number).toFixed(6), "1.000000");
  await t.throwsAsync(() => openRule("LengthRatioFilter", options), {
    instanceOf: OptionError,
    message: /languages/,
  });
});

test("scripts follow from the languages, and Japanese has three", async (t) => {
  const rule = await openRule("CharacterScoreFilter", {}, { languages: ["ja", "sr-Latn"] });
  t.deepEqual(judgeTexts(rule, "東京タワーへ行く", "Dobar dan").value, [1, 1]);
  t.deepEqual(judgeTexts(rule, "東京 Tower", "Добар дан").value, [2 / 7, 0]);
});

test("DuplicateFilter counts the pairs before that were kept, exact or by letters", async (t) => {
  const exact = await openRule("DuplicateFilter");
  const near = await openRule("DuplicateFilter", { near: true, compare: "target" });
  const texts = [
    ["Eins", "One"],
    ["Eins", "one!"],
    ["Eins", "One"],
    ["1", "1"],
    ["2", "2"],
  ];
  t.deepEqual(
    texts.map(([a, b]) => judgeTexts(exact, a, b).kept),
    [true, true, false, true, true],
  );
  t.deepEqual(
    texts.map(([a, b]) => judgeTexts(near, a, b).kept),
    [true, false, false, true, true],
  );
});

test("TestSetFilter finds whole sentences whatever their case, and n-grams", async (t) => {
  async function* readTexts() {
    yield ["The quick brown fox jumps.", "今日は天気がいい", "Fotoalbum", "", "!"];
  }
  const rule = await openRule("TestSetFilter", { files: ["test"], size: 3 }, { readTexts });
  const value = (source: string) => judgeTexts(rule, source, "nothing").value;
  t.deepEqual(value("the quick brown fox jumps"), [1, 0]);
  t.deepEqual(value("Foto-Album"), [1, 0]);
  t.deepEqual(["", "!", "?"].map(value), [
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
  // Of quick brown fox, brown fox sleeps the first one.
  t.deepEqual(value("quick brown fox sleeps"), [0.5, 0]);
  t.deepEqual(value("quick brown"), [0, 0]);
  t.deepEqual(value("天気が"), [1, 0]);
});

test("a rule says what it cannot work with", async (t) => {
  const failing: [rule: string, options: object, message: RegExp][] = [
    ["CharacterScoreFilter", { scripts: ["Latn", "Klingon"] }, /"Klingon" is unknown.*Cyrillic/],
    ["CharacterScoreFilter", {}, /needs to know the scripts.*or the languages/],
    ["RegExpFilter", { regexps: "(" }, /RegExpFilter: .*regular expression/],
    ["RepetitionFilter", { threshold: 0 }, /at least 1/],
    ["TestSetFilter", {}, /needs files/],
  ];
  for (const [name, options, message] of failing)
    await t.throwsAsync(() => openRule(name, options), { instanceOf: OptionError, message }, name);
});

test("every rule and every option is described, and no two rules share a name", (t) => {
  const rules = listRules();
  t.is(new Set(rules.map(({ name }) => name)).size, rules.length);
  for (const { name, description, options } of rules) {
    t.regex(description, /\.$/, name);
    for (const option of options) t.regex(option.description, /\.$/, `${name}: ${option.name}`);
  }
});

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

/** The definition: a table of prefixes (Wagner & Fischer 1974). */
function byTable(a: string[], b: string[]): number {
  let row = b.map((_, j) => j + 1);
  for (const [i, part] of a.entries()) {
    const next: number[] = [];
    for (const [j, other] of b.entries()) {
      const diagonal = (j === 0 ? i : row[j - 1]) + (part === other ? 0 : 1);
      next.push(Math.min(diagonal, row[j] + 1, (j === 0 ? i + 1 : next[j - 1]) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? a.length;
}

for (const [from, to, distance] of [
  ["kitten", "sitting", 3],
  ["", "abc", 3],
  ["same", "same", 0],
  ["Saturday", "Sunday", 3],
] as const)
  test(`the edit distance of "${from}" and "${to}" is ${distance}`, (t) => {
    t.is(editDistance(codesOf(from), codesOf(to)), distance);
  });

test("the edit distance by bit vectors is that of the table, over the borders of 32 parts", (t) => {
  const next = randomNumbers(1);
  const text = (length: number) => Array.from({ length }, () => "abcd"[Math.floor(next() * 4)]);
  for (const length of [0, 1, 5, 31, 32, 33, 64, 65, 100])
    for (const other of [0, 1, 30, 32, 47, 96]) {
      const [a, b] = [text(length), text(other)];
      t.is(
        editDistance(codesOf(a.join("")), codesOf(b.join(""))),
        byTable(a, b),
        `${a.join("")} ${b.join("")}`,
      );
    }
});

test("the longest common substring is that of every start and length", (t) => {
  const next = randomNumbers(5);
  const text = (length: number) => Array.from({ length }, () => "abc"[Math.floor(next() * 3)]).join("");
  for (let round = 0; round < 300; round++) {
    const [a, b] = [text(round % 13), text(round % 17)];
    let longest = 0;
    for (let start = 0; start < a.length; start++)
      for (let end = start + 1; end <= a.length; end++)
        if (b.includes(a.slice(start, end))) longest = Math.max(longest, end - start);
    t.is(longestCommonSubstring(codesOf(a), codesOf(b)), longest, `${a} ${b}`);
  }
});

test("a text in which a part follows itself is never passed over", (t) => {
  const next = randomNumbers(2);
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 30 }, () => "ab "[Math.floor(next() * 3)]).join("");
    for (const [shortest, times] of [
      [3, 2],
      [1, 3],
    ]) {
      const found = new RegExp(`(\\S.{${shortest - 1},10}?)(?: *\\1){${times},}`).test(text);
      if (found) t.true(mayRepeat(text, shortest, 11, times), `"${text}" ${shortest} ${times}`);
    }
  }
  t.false(mayRepeat("An ordinary sentence... without any.", 3, 100, 2));
});

/** A rule with two bounds, and a hundred values of it. */
const BOUNDED: Rule = {
  of: "pair",
  measure: () => 0,
  bounds: [
    { option: "min", keeps: "at least", limits: [0, 0] },
    { option: "max", keeps: "less than", limits: [50, 50] },
  ],
};
const TO_HUNDRED = Array.from({ length: 100 }, (_, i) => i + 1);

test("a suggested bound rejects no more than its share, and an open one lies beyond the last kept value", (t) => {
  t.deepEqual(
    suggestBounds(BOUNDED, TO_HUNDRED, 0.05, () => false),
    [
      { option: "min", value: 6, rejects: 0, wouldReject: 0.05, neverKept: 0 },
      { option: "max", value: 96, rejects: 0.51, wouldReject: 0.05, neverKept: 0 },
    ],
  );
});

test("a bound is suggested by the pairs that a limit can keep, and the others are told", (t) => {
  // Of 25 + 100 a fifth has no number.
  const unscored = [...Array.from({ length: 25 }, () => Number.NaN), ...TO_HUNDRED];
  t.deepEqual(
    suggestBounds(BOUNDED, unscored, 0.05, () => false),
    [
      { option: "min", value: 6, rejects: 0, wouldReject: 0.05, neverKept: 0.2 },
      { option: "max", value: 96, rejects: 0.51, wouldReject: 0.05, neverKept: 0.2 },
    ],
  );
  // What is endless is beyond every maximum, and above every minimum: of 125 six may be below it.
  const endless = [...Array.from({ length: 25 }, () => Number.POSITIVE_INFINITY), ...TO_HUNDRED];
  t.deepEqual(
    suggestBounds(BOUNDED, endless, 0.05, () => false),
    [
      { option: "min", value: 7, rejects: 0, wouldReject: 6 / 125, neverKept: 0 },
      { option: "max", value: 96, rejects: 0.51, wouldReject: 0.05, neverKept: 0.2 },
    ],
  );
  t.deepEqual(
    suggestBounds(BOUNDED, [Number.NaN], 0.05, () => false),
    [
      { option: "min", value: 0, rejects: 0, wouldReject: 0, neverKept: 1 },
      { option: "max", value: 50, rejects: 0, wouldReject: 0, neverKept: 1 },
    ],
  );
  t.deepEqual(
    suggestBounds(BOUNDED, [], 0.05, () => false),
    [],
  );
});
