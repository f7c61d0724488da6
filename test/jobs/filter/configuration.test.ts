import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
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
    "a threshold of scores that is to be found without gold",
    "filters:\n  - ScoreFilter: {threshold: auto}\n",
    "line 2, column 30",
    /ScoreFilter\.threshold: no threshold can be found here.*instead, run crisscross score --threshold auto/,
  ],
  [
    "a precision of scores",
    "filters:\n  - ScoreFilter: {precision: 0.95}\n",
    "line 2, column 30",
    /ScoreFilter\.precision: no threshold can be found here.*instead, run crisscross score --precision/,
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

const BITEXT = [
  "Die Katze schläft heute auf dem Sofa.\tThe cat sleeps on the sofa today.",
  "Le chat dort aujourd'hui sur le canapé.\tThe dog is barking in the garden.",
  "Die Katze schläft heute auf dem Sofa.\tThe cat sleeps on the sofa today.",
  "Der Hund <b>bellt</b> im Garten.\tThe dog is barking in the garden.",
  "Außerordentliche Hauptversammlung\tExtraordinary shareholders meeting",
].map((line) => `${line}\n`);

async function filter(t: ExecutionContext, configuration: string) {
  const folder = temporaryFolder(t);
  const [input, output] = [join(folder, "in.tsv"), join(folder, "out.tsv")];
  writeFileSync(input, BITEXT.join(""));
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "note") notes.push(event.message);
  };
  const { rejected } = await filterBitext(input, output, { configuration, onEvent });
  return { kept: readFileSync(output, "utf8"), rejected, notes };
}

/** Made by opusfilter-autogen 3.3.1 of a bitext of 2,000 pairs, by each of its methods. */
const AUTOGEN: [method: string, rules: number, kept: number[], note: RegExp][] = [
  ["defaults", 14, [0, 2, 4], /LinguaFilter: languages are told by a model of fastText, not by lingua/],
  ["percentiles", 14, [], /LanguageIDFilter: languages are told by a model of fastText, not by lingua/],
  ["clustering", 3, [4], /LanguageIDFilter: languages are told by a model of fastText, not by lingua/],
];

for (const [method, rules, kept, said] of AUTOGEN)
  test(`what opusfilter-autogen writes by ${method} is taken as it is`, async (t) => {
    const path = `test/filter/autogen/${method}.yaml`;
    const outcome = await filter(t, path);
    // Its percentiles of what is high in good pairs reject nearly all of them.
    t.is(outcome.kept, kept.map((line) => BITEXT[line]).join(""));
    t.is(Object.keys(outcome.rejected).length, rules);
    t.is(
      outcome.notes[0],
      `${path}: the rules of its steps are taken; the bitext is the command's, not the inputs and outputs that they name.`,
    );
    t.regex(outcome.notes[1], said);
    t.is(outcome.notes.length, 2);
  });

const files = (from: string, to: string) => `inputs: [${from}.de, ${from}.en], outputs: [${to}.de, ${to}.en]`;

test("steps that go on with each other's output are one chain", async (t) => {
  const steps = [
    `{type: filter, parameters: {${files("raw", "long")}, filters: [{LengthFilter: {min_length: 2}}], filterfalse: false, n_jobs: 4}}`,
    `{type: remove_duplicates, parameters: {${files("long", "distinct")}, compare: [1]}}`,
    `{type: filter, parameters: {${files("distinct", "kept")}, filters: [HtmlTagFilter, {LengthFilter: {name: again}}]}}`,
  ];
  const { kept, rejected } = await filter(
    t,
    write(t, `common: {default_n_jobs: 2}\nsteps: [${steps.join(", ")}]\n`),
  );
  t.is(kept, BITEXT[0] + BITEXT[1] + BITEXT[4]);
  t.deepEqual(rejected, { LengthFilter: 0, DuplicateFilter: 2, HtmlTagFilter: 0, again: 0 });
});

const step = (type: string, parameters: string) =>
  `steps:\n  - type: ${type}\n    parameters: {${parameters}}\n`;
const REFUSED: [what: string, text: string, place: string, message: RegExp][] = [
  [
    "a step of another kind",
    step("subset", "size: 10"),
    "line 2, column",
    /steps\.0\.type: the step subset is not done here\. Draw the subset/,
  ],
  [
    "a step that does not exist",
    step("sieve", "size: 10"),
    "line 2, column",
    /the step sieve is not done here\. Steps of type filter/,
  ],
  [
    "filterfalse",
    step("filter", `${files("a", "b")}, filters: [no_urls], filterfalse: true`),
    "line 3, column",
    /filterfalse: is not done here; crisscross filter --rejected writes these/,
  ],
  [
    "limit",
    step("filter", `${files("a", "b")}, filters: [no_urls], limit: 10`),
    "line 3, column",
    /limit: is not done here; take the first lines/,
  ],
  [
    "three languages",
    step("filter", "inputs: [a, b, c], outputs: [d, e, f], filters: [no_urls]"),
    "line 3, column",
    /inputs: expected two files/,
  ],
  [
    "a rule that does not exist",
    step("filter", `${files("a", "b")}, filters: [{LenghtFilter: {}}]`),
    "line 3, column",
    /steps\.0\.parameters\.filters\.0\.LenghtFilter: there is no rule LenghtFilter\. Did you mean LengthFilter/,
  ],
  [
    "a preprocessor's parameter",
    step("filter", `${files("a", "b")}, filters: [no_urls], preprocessors: []`),
    "line 3, column",
    /preprocessors: there is no such option.*Known are inputs, outputs/,
  ],
  [
    "an overlap",
    step("remove_duplicates", `${files("a", "b")}, overlap: [c, d]`),
    "line 3, column",
    /overlap: is not done here; use TestSetFilter/,
  ],
  [
    "lower case alone",
    step("remove_duplicates", `${files("a", "b")}, lowercase: true`),
    "line 3, column",
    /lowercase: is done here with the other alone\. Set letters_only and lowercase/,
  ],
  [
    "a step from elsewhere",
    `steps:\n  - {type: filter, parameters: {${files("a", "b")}, filters: [no_urls]}}\n  - {type: filter, parameters: {${files("a", "c")}, filters: [no_urls]}}\n`,
    "line 3, column",
    /steps\.1\.parameters\.inputs: is not what the step before writes/,
  ],
  [
    "a variable",
    step("filter", `inputs: [!varstr "a.{l}", b], outputs: [c, d], filters: [no_urls]`),
    "line 3, column",
    /has a variable of OpusFilter \(!varstr\)\. Write its value/,
  ],
  [
    "variables",
    `steps:\n  - type: filter\n    variables: {l: [de, fr]}\n    parameters: {${files("a", "b")}, filters: [no_urls]}\n`,
    "line 3, column",
    /variables: is not done here; write a step for each value/,
  ],
  ["a step without parameters", "steps:\n  - type: filter\n", "line 2, column 5", /steps\.0\.parameters/],
];

for (const [what, text, place, message] of REFUSED)
  test(`${what} in the steps of OpusFilter is refused by name`, async (t) => {
    const path = write(t, text);
    const error = await t.throwsAsync(() => readConfiguration(path), { message });
    t.true(error!.message.startsWith(`${path}, ${place}`), error!.message);
  });
