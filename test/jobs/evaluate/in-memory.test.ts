import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { evaluateRetrieval } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateLabels } from "../../../src/jobs/evaluate/labels.js";
import { evaluatePairs } from "../../../src/jobs/evaluate/pairs.js";
import { mine } from "../../../src/jobs/mine.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const MINED = [
  { source: "a", target: "x", score: 3 },
  { source: "b", target: "y", score: 2 },
  { source: "c", target: "x", score: 1 },
];
const GOLD = [
  { source: "a", target: "x" },
  { source: "b", target: "y" },
  { source: "d", target: "z" },
];

const withoutName = ({ rows, ...report }: Awaited<ReturnType<typeof evaluatePairs>>) => ({
  ...report,
  figures: rows[0].figures,
});

test("pairs in memory have the figures of a file's, against gold pairs in memory or in a file", async (t) => {
  const folder = temporaryFolder(t);
  const [mined, gold] = [join(folder, "mined.tsv"), join(folder, "gold.tsv")];
  writeFileSync(mined, MINED.map(({ score, source, target }) => `${score}\t${source}\t${target}\n`).join(""));
  writeFileSync(gold, GOLD.map(({ source, target }) => `${source}\t${target}\n`).join(""));
  const expected = await evaluatePairs(mined, { gold, threshold: 2 });
  // Of three gold pairs two are found, by two pairs of at least 2: precision 1, recall 2/3.
  t.is(expected.rows[0].figures.precision.value, 1);
  t.is(expected.rows[0].figures.recall.value, 2 / 3);
  const tuples = GOLD.map(({ source, target }) => [source, target] as const);
  for (const pairs of [MINED, each(MINED), readPairs(mined), Readable.from(MINED), new Set(MINED)])
    t.deepEqual(
      withoutName(await evaluatePairs(pairs, { gold: tuples, threshold: 2 })),
      withoutName(expected),
    );
  for (const given of [GOLD, each(GOLD), new Set(GOLD), each(tuples), gold])
    t.deepEqual(
      withoutName(await evaluatePairs(MINED, { gold: given, threshold: 2 })),
      withoutName(expected),
    );
  t.is((await evaluatePairs(MINED.slice(0, 2), { gold: GOLD })).conditions.pairs, 2);
  const bytes = each([Buffer.from("3\ta\tx\n")]);
  t.is((await evaluatePairs(bytes, { gold: GOLD })).conditions.pairs, 1);
});

test("what mine gives is evaluated as it is, by identifiers of records, too", async (t) => {
  const encoder = letterEncoder(8);
  const source = ["abab", "cdcd"].map((text, index) => ({ text, id: index }));
  const target = ["baba", "dcdc"].map((text, index) => ({ text, id: `t${index}` }));
  const gold = [
    ["0", "t0"],
    ["1", "t1"],
  ] as const;
  const report = await evaluatePairs(mine(source, target, { encoder }), {
    gold,
    source,
    target: each(target),
  });
  t.is(report.rows[0].name, "pairs");
  t.is(report.rows[0].figures["best F1"].value, 1);
  await t.throwsAsync(() => evaluatePairs(MINED, { gold, source: [{ text: "a" }], target }), {
    instanceOf: InputError,
    message: /^source, line 1: has no id/,
  });
});

test("labels of pairs in memory are a field of theirs", async (t) => {
  const pairs = [
    { source: "a", target: "x", score: 3, good: true },
    { source: "b", target: "y", score: 2, good: 0 },
    { source: "c", target: "z", score: 1, good: 1 },
    { source: "d", target: "w", score: Number.NaN, good: 1 },
  ];
  for (const given of [pairs, each(pairs)]) {
    const { rows, conditions } = await evaluateLabels(given, { labelField: "good" });
    t.is(rows[0].figures.AUC.value, 0.5);
    t.deepEqual(conditions, { metric: "auc", pairs: 3, positives: 2, unscored: 1 });
  }
  await t.throwsAsync(() => evaluateLabels(pairs, { labelField: "better" }), {
    instanceOf: InputError,
    message: /field "better" is missing/,
  });
});

test("recall is measured of two arrays of lines", async (t) => {
  const encoder = letterEncoder(8);
  const { rows } = await evaluateRetrieval(["abab", "cdcd"], new Set(["baba", "dcdc"]), { encoder });
  t.deepEqual(
    rows.map(({ figures }) => figures["recall@1"].value),
    [1, 1],
  );
});

test("what says nothing of pairs in memory, and what is no pair, is refused", async (t) => {
  const wrong: [() => Promise<unknown>, unknown, RegExp][] = [
    [
      () => evaluatePairs(MINED, { gold: GOLD, read: { columns: [1, 2] } }),
      OptionError,
      /^columns says how a bitext is read, but the pairs are there already/,
    ],
    [() => evaluatePairs(each([...MINED, 5 as never]), { gold: GOLD }), InputError, /element 4 is a number/],
    [() => evaluatePairs(MINED, { gold: [] }), InputError, /^the gold pairs:? are none/],
    [() => evaluatePairs(MINED, { gold: [["a"]] as never }), InputError, /one has 1 elements; expected two/],
    [() => evaluatePairs(5 as never, { gold: GOLD }), OptionError, /expected an iterable of pairs/],
  ];
  for (const [run, instanceOf, message] of wrong)
    await t.throwsAsync(run, { instanceOf: instanceOf as never, message });
});
