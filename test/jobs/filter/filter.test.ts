import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { explainBitext } from "../../../src/jobs/filter/explain.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
import type { FilterPairsOptions } from "../../../src/jobs/filter/filter-pairs.js";
import { filterPairs } from "../../../src/jobs/filter/filter-pairs.js";
import type { FilterRule } from "../../../src/jobs/filter/given-rules.js";
import { sampleRules } from "../../../src/jobs/filter/sample-rules.js";
import { suggestThresholds } from "../../../src/jobs/filter/suggest-thresholds.js";
import { mine } from "../../../src/jobs/mine.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { PairLike, PairSource } from "../../../src/types/bitexts.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const BITEXT = [
  ["Das ist ein Haus mit 3 Zimmern.", "This is a house with 3 rooms."],
  ["Das ist ein Haus mit 3 Zimmern.", "This is a house with 5 rooms."],
  ["Hallo", "A sentence that is too long for that."],
  ["Nicht übersetzt", "Nicht übersetzt"],
  ["Das ist ein Haus mit 3 Zimmern.", "This is a house with 3 rooms."],
  ["", ""],
  ["Wie geht es dir?", "How are you?"],
];

interface Files {
  folder: string;
  input: string;
  output: string;
  rejected: string;
  configure(text: string): string;
}

function setUp(t: Parameters<typeof temporaryFolder>[0], rows = BITEXT): Files {
  const folder = temporaryFolder(t);
  const [input, output, rejected] = ["corpus.tsv", "kept.tsv", "rejected.tsv"].map((name) =>
    join(folder, name),
  );
  writeFileSync(input, rows.map((row) => `${row.join("\t")}\n`).join(""));
  const configure = (text: string) => {
    writeFileSync(join(folder, "filter.yaml"), text);
    return join(folder, "filter.yaml");
  };
  return { folder, input, output, rejected, configure };
}

const rowsOf = (path: string) =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));

test("filter writes kept pairs in their order, rejected ones with the first rule's reason, and counts beside", async (t) => {
  const { input, output, rejected } = setUp(t);
  const summary = await filterBitext(input, output, { rejected });
  t.deepEqual(rowsOf(output), [BITEXT[0], BITEXT[6]]);
  t.deepEqual(rowsOf(rejected), [
    [...BITEXT[1], "NumberMatchFilter: 1, expected at most 0"],
    [...BITEXT[2], "LengthRatioFilter: 7.400, expected less than 3"],
    [...BITEXT[3], "no_identical"],
    [...BITEXT[4], "DuplicateFilter"],
    [...BITEXT[5], "LengthFilter: source 0, expected at least 1"],
  ]);
  const stats = JSON.parse(readFileSync(`${output}.stats.json`, "utf8"));
  const { seconds: _, ...counts } = summary;
  t.deepEqual(stats, counts);
  t.deepEqual([stats.pairs, stats.kept, stats.skipped], [7, 2, 0]);
  t.is(
    Object.values(stats.rejected as Record<string, number>).reduce((a, b) => a + b),
    5,
  );
});

test("explain rejects first what filter rejects, over batches and with duplicates that an earlier rule rejected", async (t) => {
  const rows = Array.from({ length: 2500 }, (_, i) => {
    const number = i % 7;
    return [
      `Satz ${number} von ${i % 11}`,
      i % 3 === 0 ? `Sentence ${number}` : `Sentence ${number} of ${i % 5}`,
    ];
  });
  const { input, output, rejected, folder } = setUp(t, rows);
  await filterBitext(input, output, { rejected });
  const explained = join(folder, "explained.jsonl");
  await explainBitext(input, explained);
  const lines = readFileSync(explained, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  t.is(lines.length, rows.length);
  const first = lines.flatMap(({ rejectedBy }) => rejectedBy.slice(0, 1));
  t.deepEqual(
    first,
    rowsOf(rejected).map((row) => row[2].split(":")[0]),
  );
  t.true(first.includes("DuplicateFilter") && first.includes("NumberMatchFilter"));
});

test("a rule of one's own is a function that keeps, rejects, or gives a reason", async (t) => {
  const { input, output, rejected, folder, configure } = setUp(t);
  writeFileSync(
    join(folder, "rules.mjs"),
    `export function noQuestions({ source }, { mark }) { return source.includes(mark) ? "asks" : source !== ""; }`,
  );
  const configuration = configure("filters:\n  - noQuestions: {mark: '?'}\n    module: rules.mjs\n");
  await filterBitext(input, output, { rejected, configuration });
  t.deepEqual(rowsOf(rejected), [
    ["", "", "noQuestions"],
    [...BITEXT[6], "noQuestions: asks"],
  ]);
});

const FAILING: [what: string, code: string, message: RegExp][] = [
  [
    "throws",
    "export function own(pair) { return pair.fields.x; }",
    /corpus\.tsv, line 1: the rule own \(rules\.mjs\) failed \(TypeError.*Correct the rule\.$/,
  ],
  [
    "gives a promise",
    "export async function own() { return true; }",
    /line 1: the rule own \(rules\.mjs\) gave a promise; expected true, false or a reason/,
  ],
  [
    "is not exported",
    "export function other() { return true; }",
    /filter\.yaml, line 2, column 5: rules\.mjs exports no function own; it exports other/,
  ],
  [
    "is no JavaScript",
    "export function {",
    /filter\.yaml, line 2, column 5: The rule own: rules\.mjs cannot be loaded/,
  ],
];

for (const [what, code, message] of FAILING)
  test(`a rule of one's own that ${what} is named, and no file is left`, async (t) => {
    const { input, output, rejected, folder, configure } = setUp(t);
    writeFileSync(join(folder, "rules.mjs"), code);
    const configuration = configure("filters:\n  - own:\n    module: rules.mjs\n");
    await t.throwsAsync(() => filterBitext(input, output, { rejected, configuration }), {
      instanceOf: InputError,
      message,
    });
    t.deepEqual([output, rejected].map(existsSync), [false, false]);
  });

test("a corpus of one column is refused with what was expected", async (t) => {
  const { input, output } = setUp(t, [["only this"]]);
  await t.throwsAsync(() => filterBitext(input, output), {
    instanceOf: InputError,
    message: /corpus\.tsv, line 1: has 1 column; expected source⇥target/,
  });
});

test("languages come from the configuration, an option goes before it, and an unknown one is told", async (t) => {
  const { input, output, configure } = setUp(t);
  const configuration = configure("languages: [de, en]\nfilters: [FastTextFilter]\n");
  // The model knows nothing of "How are you?" and "Hallo".
  t.is((await filterBitext(input, output, { configuration })).kept, 6);
  t.is((await filterBitext(input, output, { configuration, languages: ["fr", "en"] })).kept, 2);
  await t.throwsAsync(() => filterBitext(input, output, { languages: ["germn", "en"] }), {
    message: /germn/,
  });
});

test("cosines of the built-in encoder part translations from others", async (t) => {
  const { input, output, configure } = setUp(t, [
    ["Die Katze schläft auf dem Sofa.", "The cat sleeps on the sofa."],
    ["Die Katze schläft auf dem Sofa.", "The parliament adopted a new tax law."],
  ]);
  const configuration = configure("filters:\n  - SentenceEmbeddingFilter: {threshold: 0.4}\n");
  await filterBitext(input, output, { configuration });
  t.deepEqual(rowsOf(output), [["Die Katze schläft auf dem Sofa.", "The cat sleeps on the sofa."]]);
});

test("a rule that embeds tells the encoder of a translator both sides' languages", async (t) => {
  const { input, output, configure } = setUp(t, [["Die Katze schläft.", "The cat sleeps."]]);
  const encoder = resolve("test/pipelines/translators/mbart");
  const configuration = configure(
    `filters:\n  - SentenceEmbeddingFilter: {threshold: -1, encoder: "${encoder}"}\n`,
  );
  await filterBitext(input, output, { configuration, languages: ["de", "en"] });
  t.is(rowsOf(output).length, 1);
  const refused = (languages: [string, string] | undefined, message: RegExp) =>
    t.throwsAsync(filterBitext(input, output, { configuration, languages }), {
      instanceOf: InputError,
      message,
    });
  await refused(
    undefined,
    /told the languages of both sides; it has ar_AR, .* Give two of them as languages/,
  );
  await refused(["de", "mri"], /has no language "mri"/);
});

test("sample tells what each rule drops, and what it alone does", async (t) => {
  const { input } = setUp(t);
  const { pairs, sampled, kept, rules } = await sampleRules(input, { size: 100 });
  t.deepEqual([pairs, sampled, kept], [7, 7, 2]);
  const identical = rules.find(({ rule }) => rule === "no_identical")!;
  // Two empty sides are identical, too, and too short besides.
  t.deepEqual([identical.drops, identical.alone], [2, 1]);
  t.deepEqual(
    identical.examples.map(({ line }) => line),
    [4, 6],
  );
  const again = await sampleRules(input, { size: 3, seed: 5 });
  t.is(again.sampled, 3);
  t.deepEqual(again, await sampleRules(input, { size: 3, seed: 5 }));
});

test("suggestions are a configuration of the same rules that keeps more than its share of the pairs", async (t) => {
  const rows = Array.from({ length: 200 }, (_, i) => ["x".repeat(i + 1), "y".repeat(2 * (i + 1))]);
  const { input, output, configure } = setUp(t, rows);
  const configuration = configure("filters:\n  - LengthFilter: {unit: char, max_length: 10}\n  - no_urls\n");
  const { rules, measured } = await suggestThresholds(input, { configuration, share: 0.05 });
  t.is(measured, 200);
  t.deepEqual(
    rules.map(({ rule, suggestions }) => [rule, suggestions.map(({ option, value }) => [option, value])]),
    [
      [
        "LengthFilter",
        [
          ["min_length", [11, 22]],
          ["max_length", [190, 380]],
        ],
      ],
      ["no_urls", []],
    ],
  );
  const suggested = configure(
    "filters:\n  - LengthFilter: {unit: char, min_length: [11, 22], max_length: [190, 380]}\n",
  );
  t.is((await filterBitext(input, output, { configuration: suggested })).kept, 180);
});

const NOISY = "samples/noisy.de-en.tsv";

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function filtered<P extends PairLike>(
  pairs: PairSource<P>,
  options?: FilterPairsOptions<P>,
): Promise<P[]> {
  const kept: P[] = [];
  for await (const pair of filterPairs(pairs, options)) kept.push(pair);
  return kept;
}

const PAIRS = [
  { source: "eins zwei", target: "one two", key: 1 },
  { source: "drei", target: "three and a great deal more that nobody said", key: 2 },
  { source: "vier!", target: "four!", key: 3 },
];

test("pairs in memory are kept and rejected as those of a file are, for the same reasons", async (t) => {
  const folder = temporaryFolder(t);
  const [output, rejected] = ["kept.tsv", "rejected.tsv"].map((name) => join(folder, name));
  const summary = await filterBitext(NOISY, output, { rejected });
  const reasons: string[] = [];
  let counts: object | undefined;
  const kept = await filtered(readPairs(NOISY), {
    onRejected: (_, reason) => reasons.push(reason),
    onSummary: (given) => {
      counts = given;
    },
  });
  t.true(reasons.length > 0 && kept.length > 0);
  t.is(kept.map(({ source, target }) => `${source}\t${target}\n`).join(""), readFileSync(output, "utf8"));
  const told = readFileSync(rejected, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t").at(-1));
  t.deepEqual(reasons, told as string[]);
  const { pairs, kept: number, rejected: byRule } = summary;
  t.deepEqual(counts, { pairs, kept: number, rejected: byRule });
});

test("rules are names, objects and functions, and the very objects are given that they keep", async (t) => {
  const rejections: string[] = [];
  const kept = await filtered(each(PAIRS), {
    rules: [
      "no_identical",
      { LengthRatioFilter: { threshold: 3, unit: "char" } },
      (pair) => pair.key < 9,
      { polite: (pair: PairLike) => !String(pair.target).includes("!") || "shouts" },
    ],
    onRejected: ({ key }, reason) => rejections.push(`${key} ${reason}`),
    onSummary: ({ rejected }) =>
      t.deepEqual(rejected, { no_identical: 0, LengthRatioFilter: 1, "own rule": 0, polite: 1 }),
  });
  t.is(kept.length, 1);
  t.is(kept[0], PAIRS[0]);
  t.regex(rejections[0], /^2 LengthRatioFilter/);
  t.regex(rejections[1], /^3 polite: shouts/);
});

test("objects give the same chain as the same configuration in YAML", async (t) => {
  const folder = temporaryFolder(t);
  const configuration = join(folder, "rules.yaml");
  writeFileSync(configuration, "filters:\n  - LengthFilter: { max_length: 6 }\n  - no_urls: true\n");
  const rules: FilterRule[] = [{ LengthFilter: { max_length: 6 } }, { no_urls: true }];
  const write = async (name: string, options: object) => {
    await filterBitext(NOISY, join(folder, name), options);
    return readFileSync(join(folder, name), "utf8");
  };
  t.is(await write("objects.tsv", { rules }), await write("yaml.tsv", { configuration }));
  await t.throwsAsync(() => write("both.tsv", { rules, configuration }), {
    instanceOf: OptionError,
    message: "A file with a configuration is named, and rules are given, too. Give one of them.",
  });
});

test("a rule that cannot be is refused with its place", async (t) => {
  const wrong: [unknown, RegExp][] = [
    [
      [{ length_ratio: { max: 3 } }],
      /^rules\.0\.length_ratio: there is no rule length_ratio\. Did you mean LengthRatioFilter\? See listRules\(\) for all; a rule of your own is a function\.$/,
    ],
    [
      ["no_urls", { LengthRatioFilter: { max: 3 } }],
      /^rules\.1\.LengthRatioFilter\.max: there is no such option\./,
    ],
    [[{ LengthFilter: { max_length: "x" } }], /^rules\.0\.LengthFilter\.max_length: expected/],
    [[5], /^rules\.0: expected one rule and its options/],
    [[{ a: 1, b: 2 }], /^rules\.0: expected one rule/],
    [[], /^rules is empty/],
    ["no_urls", /^rules is no list/],
  ];
  for (const [rules, message] of wrong)
    await t.throwsAsync(() => filtered(PAIRS, { rules: rules as never }), {
      instanceOf: OptionError,
      message,
    });
});

test("each pair is given as soon as it has come, and the source is closed when no more are asked for", async (t) => {
  const asked: number[] = [];
  const source = async function* () {
    try {
      for (let key = 1; ; key++) {
        asked.push(key);
        yield { source: `Satz ${key}`, target: `sentence ${key}`, key };
      }
    } finally {
      asked.push(0);
    }
  };
  for await (const { key } of filterPairs(source(), { rules: [({ key }) => key % 2 === 0] })) {
    t.deepEqual(asked, [1, 2]);
    t.is(key, 2);
    break;
  }
  t.deepEqual(asked, [1, 2, 0]);
});

test("mined pairs go through a filter and stay what they are", async (t) => {
  const encoder = letterEncoder(8);
  const pairs = mine(["abab", "cdcd", "efef!"], ["baba", "dcdc", "fefe"], { encoder });
  const kept: ScoredPair[] = await filtered(pairs, {
    rules: [({ source, score }) => score! > 0 && !/!/.test(source)],
  });
  t.deepEqual(kept.map(({ source }) => source.text).sort(), ["abab", "cdcd"]);
  t.deepEqual(kept.map(({ source }) => source.lines[0]).sort(), [1, 2]);
});

test("what is no pair is an error with its number, and an error of the source or of a rule is passed on", async (t) => {
  const wrong: [unknown, RegExp][] = [
    [5, /element 2 is a number; expected a pair with source and target/],
    [["a", "b"], /element 2 is an array; expected a pair with source and target, such as \{"source": "a"/],
    [null, /element 2 is null/],
    [{ source: "a" }, /element 2 has a target that is undefined; expected its text/],
    [{ source: 1, target: "b" }, /element 2 has a source that is a number/],
    [{ source: "a", target: "b", score: "1" }, /element 2 has a score that is a string; expected a number/],
  ];
  const good = { source: "ein Wort", target: "a word" };
  for (const [pair, message] of wrong)
    for (const pairs of [[good, pair], each([good, pair]), [[good, pair]]])
      await t.throwsAsync(() => filtered(pairs as never), { instanceOf: InputError, message });
  for (const pairs of ["a.tsv", 5, undefined, {}])
    await t.throwsAsync(() => filtered(pairs as never), {
      instanceOf: OptionError,
      message: /expected (an iterable of pairs|one, such as an array)/,
    });
  const gone = new Error("gone");
  const failing = (async function* () {
    yield good;
    throw gone;
  })();
  t.is(await t.throwsAsync(() => filtered(failing)), gone);
  await t.throwsAsync(
    () =>
      filtered([good], {
        rules: [
          () => {
            throw gone;
          },
        ],
      }),
    { instanceOf: InputError, message: /the rule .* failed/ },
  );
});
