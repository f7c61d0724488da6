import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { FilterPairsOptions, FilterRule, PairLike, PairSource, ScoredPair } from "../../../src/index.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
import { filterPairs } from "../../../src/jobs/filter/filter-pairs.js";
import { mine } from "../../../src/jobs/mine.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

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
