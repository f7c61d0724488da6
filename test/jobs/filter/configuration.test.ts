import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { readConfiguration } from "../../../src/jobs/filter/read-configuration.js";
import { temporaryFolder } from "../../temporary-folder.js";

function write(t: Parameters<typeof temporaryFolder>[0], text: string): string {
  const path = join(temporaryFolder(t), "filter.yaml");
  writeFileSync(path, text);
  return path;
}

test("a configuration is a list of rules with their options, as OpusFilter has it", async (t) => {
  const path = write(
    t,
    `languages: [de, en]
filters:
  - LengthFilter: {max_length: [80, 90], unit: char}
  - no_identical
  - HtmlTagFilter:
  - noShouting: {share: 0.5}
    module: ./rules.js
`,
  );
  const { languages, filters } = await readConfiguration(path);
  t.deepEqual(languages, ["de", "en"]);
  t.deepEqual(
    filters.map(({ rule, options, module }) => [rule, options, module]),
    [
      [
        "LengthFilter",
        { min_length: [1, 1], max_length: [80, 90], unit: ["char", "char"], pass_empty: false },
        undefined,
      ],
      ["no_identical", {}, undefined],
      ["HtmlTagFilter", {}, undefined],
      ["noShouting", { share: 0.5 }, "./rules.js"],
    ],
  );
});

/** What is wrong, and what is said of it: line, column, and the rest. */
const BROKEN: [what: string, text: string, place: string, message: RegExp][] = [
  [
    "an option of the wrong type",
    "filters:\n  - LengthFilter:\n      max_length: many\n",
    "line 3, column 19",
    /filters\.0\.LengthFilter\.max_length: expected a number, or a list of two/,
  ],
  [
    "a share above 1",
    "filters:\n  - NonZeroNumeralsFilter: {threshold: 2}\n",
    "line 2, column 40",
    /filters\.0\.NonZeroNumeralsFilter\.threshold: expected a share of at most 1/,
  ],
  [
    "a rule that does not exist",
    "filters:\n  - LengthFilter\n  - LenghtRatioFilter: {}\n",
    "line 3, column 5",
    /there is no rule LenghtRatioFilter\. Did you mean LengthRatioFilter\?/,
  ],
  [
    "a rule that another tool calls so",
    "filters: [no_wrong_language]\n",
    "line 1, column 11",
    /Did you mean FastTextFilter\?/,
  ],
  [
    "a rule whose work is done otherwise",
    "filters: [WordAlignFilter]\n",
    "line 1, column 11",
    /no rule WordAlignFilter\. For how well words match, run crisscross score --score adequacy and use ScoreFilter\. See/,
  ],
  [
    "other weights",
    "filters:\n  - SimilarityFilter: {weights: [1, 2, -1]}\n",
    "line 2, column 40",
    /weights\.2: expected number to be >=0/,
  ],
  [
    "an option that does not exist",
    "filters:\n  - LongWordFilter:\n      treshold: 20\n",
    "line 3, column 7",
    /LongWordFilter\.treshold: there is no such option\. Did you mean threshold\? Known are threshold/,
  ],
  ["no YAML", "filters: [\n", "line 2, column 1", /is not YAML/],
  ["no rules", "languages: [de, en]\n", "line 1, column 1", /filters: expected a list of rules/],
  [
    "one language",
    "languages: de\nfilters: [no_urls]\n",
    "line 1, column 12",
    /languages: expected a list of two/,
  ],
  [
    "two rules in one entry",
    "filters:\n  - no_urls: {}\n    no_paren: {}\n",
    "line 2, column 5",
    /filters\.0: expected one rule/,
  ],
  [
    "an alias of nothing",
    "languages: [de, en]\nfilters: [no_urls, *none]\n",
    "line 2, column 20",
    /\*none stands for nothing: there is no &none before it/,
  ],
  [
    "an alias in what it stands for",
    "filters: &all [no_urls, *all]\n",
    "line 1, column 25",
    /\*all stands for something that it lies in/,
  ],
  [
    "a bomb of aliases",
    `a: &a [${"x,".repeat(9)}]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nd: &d [${"*c,".repeat(9)}]\nfilters: [${"*d,".repeat(9)}]\n`,
    "line 2, column 8",
    /aliases stand for more than 1000 values/,
  ],
  [
    "a tag that is not known",
    "filters: [!new no_urls]\n",
    "line 1, column 11",
    /is not YAML \(Unresolved tag: !new\)/,
  ],
  ...["constructor", "toString", "hasOwnProperty", "__proto__"].flatMap((name): typeof BROKEN => [
    [
      `a rule called ${name}`,
      `filters:\n  - ${name}: {}\n`,
      "line 2, column 5",
      new RegExp(`there is no rule ${name}\\. See crisscross filter --rules`),
    ],
    [
      `a rule called ${name} alone`,
      `filters: [${name}]\n`,
      "line 1, column 11",
      new RegExp(`there is no rule ${name}\\. See`),
    ],
    [
      `an option called ${name}`,
      `filters:\n  - LengthFilter: {${name}: 1}\n`,
      "line 2, column 20",
      new RegExp(`LengthFilter\\.${name}: there is no such option`),
    ],
  ]),
];

for (const [what, text, place, message] of BROKEN)
  test(`${what} is told with its place`, async (t) => {
    const path = write(t, text);
    const error = await t.throwsAsync(() => readConfiguration(path), { instanceOf: InputError, message });
    t.true(error!.message.startsWith(`${path}, ${place}: `), error!.message);
  });

test("options that OpusFilter documents are taken where they change nothing", async (t) => {
  const path = write(
    t,
    `filters:
  - NonZeroNumeralsFilter: {threshold: 0.5, require_all: true}
  - LongestCommonSubstringFilter: {threshold: 0.9, require_all: false}
  - SimilarityFilter: {weights: [1, 1, 1]}
  - SentenceEmbeddingFilter: {languages: [de, en], threshold: 0.5}
`,
  );
  t.is((await readConfiguration(path)).filters.length, 4);
});

test("rules are taken as Bicleaner's hard rules set them", async (t) => {
  const path = write(
    t,
    "filters: [{no_urls: true}, {no_titles: false}, {no_repeated_words: 1}, {no_literals: ['Re:']}]\n",
  );
  const { filters } = await readConfiguration(path);
  t.deepEqual(
    filters.map(({ rule, options }) => [rule, options]),
    [
      ["no_urls", {}],
      ["no_repeated_words", {}],
      ["no_literals", { literals: ["Re:"] }],
    ],
  );
});

test("what to write for a configuration of Bicleaner's hard rules is told, and taken", async (t) => {
  const theirs =
    "no_empty: true\nnot_too_long: 200\nlength_ratio: 2.5\nno_urls: true\nno_titles: false\nno_porn: true\n";
  const error = await t.throwsAsync(() => readConfiguration(write(t, theirs)), { instanceOf: InputError });
  const [problem, filters] = error!.message.split(". Write ");
  t.regex(problem, /is a configuration of Bicleaner's hard rules/);
  t.is(
    filters,
    "filters: [{ LengthFilter: { min_length: 1, max_length: 1000000, unit: char } }, { LengthFilter: { min_length: 0, max_length: 199, unit: char } }, { LengthRatioFilter: { threshold: 2.5, unit: char } }, no_urls]",
  );
  t.is((await readConfiguration(write(t, filters))).filters.length, 4);
});

test("a configuration that is not there is told", async (t) => {
  const path = join(temporaryFolder(t), "none.yaml");
  await t.throwsAsync(() => readConfiguration(path), {
    instanceOf: InputError,
    message: /none\.yaml: no such file\. Name a configuration/,
  });
});

test("aliases may say the same twice, as often as a configuration needs", async (t) => {
  const rules = Array.from({ length: 300 }, () => "LengthFilter: *limits").map((rule) => `  - ${rule}\n`);
  const path = write(
    t,
    `languages: [de, en]\nfilters:\n  - LengthFilter: &limits {max_length: 80}\n${rules.join("")}`,
  );
  const { filters } = await readConfiguration(path);
  t.is(filters.length, 301);
  t.like(filters[300].options, { max_length: [80, 80] });
});

test("a folder in place of a configuration is told", async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(() => readConfiguration(folder), {
    instanceOf: InputError,
    message: `${folder}: is a folder; expected a file. Name a configuration of filters in YAML.`,
  });
});
