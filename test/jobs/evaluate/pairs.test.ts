import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { evaluatePairs } from "../../../src/jobs/evaluate/pairs.js";
import { temporaryFolder } from "../../temporary-folder.js";

function filesIn(t: ExecutionContext, files: Record<string, string>): (name: string) => string {
  const folder = temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return (name) => join(folder, name);
}

/** Of three mined pairs the first and the third are gold; the gold has three. Best: all three, F1 = 2 · 2 / (3 + 3). */
const MINED = "1.5\ta\tA\n1.2\tb\tX\n1.1\tc\tC\n";

test("a bitext with scores is swept for its best threshold", async (t) => {
  const at = filesIn(t, { "mined.tsv": MINED, gold: "a\tA\nb\tB\nc\tC\n" });
  const { rows } = await evaluatePairs(at("mined.tsv"), { gold: at("gold"), threshold: 1.3 });
  const { figures } = rows[0];
  t.is(figures["best F1"].value, 4 / 6);
  t.is(figures.threshold.value, 1.1);
  // At 1.3 one pair is left, and it is gold: 2 · 1 / (1 + 3).
  t.is(figures["F1 at given"].value, 2 / 4);
});

test("where pairs are scored, those without a score are predicted at no threshold, and are told", async (t) => {
  // At 1.2 or 1.1 two pairs are predicted, and both are gold: 2 · 2 / (2 + 3).
  const rows = ["1.5\ta\tA", "\tb\tB", "1.2\tc\tC", "0.9\td\tX"];
  const at = filesIn(t, {
    "mined.tsv": `${rows.join("\n")}\n`,
    "turned.tsv": `${rows.toReversed().join("\n")}\n`,
    gold: "a\tA\nc\tC\ne\tE\n",
  });
  for (const name of ["mined.tsv", "turned.tsv"]) {
    const { rows, conditions } = await evaluatePairs(at(name), {
      gold: at("gold"),
      threshold: 1.1,
      read: { columns: [2, 3], scoreColumn: 1 },
    });
    const { figures } = rows[0];
    t.deepEqual(
      ["best F1", "precision", "recall", "threshold", "F1 at given"].map((column) => figures[column].value),
      [4 / 5, 1, 2 / 3, 1.2, 4 / 5],
    );
    t.deepEqual(conditions, { metric: "bucc-f1", pairs: 3, gold: 3, unscored: 1 });
  }
});

test("an interval counts no pair without a score", async (t) => {
  const mined = [
    { source: "a", target: "A", score: 2 },
    { source: "b", target: "X" },
    { source: "c", target: "C", score: 1 },
  ];
  const gold = [["a", "A"] as const, ["c", "C"] as const];
  const { figures } = (await evaluatePairs(mined, { gold, confidence: true })).rows[0];
  // Every pair with a score is gold, in whatever sample.
  t.deepEqual(figures.precision.interval, { low: 1, high: 1 });
});

test("a pair that comes again has its highest score, wherever it has none", async (t) => {
  const gold = [["a", "A"]] as const;
  const pairs = [
    { source: "a", target: "A" },
    { source: "a", target: "A", score: 2 },
    { source: "a", target: "A", score: Number.NaN },
    { source: "b", target: "B", score: 1 },
  ];
  for (const mined of [pairs, pairs.toReversed()]) {
    const { rows, conditions } = await evaluatePairs(mined, { gold });
    t.is(rows[0].figures["best F1"].value, 1);
    t.deepEqual(conditions, { metric: "bucc-f1", pairs: 2, gold: 1 });
  }
});

test("a header of the gold pairs is no pair, which is told", async (t) => {
  const at = filesIn(t, { "mined.tsv": MINED, gold: "source\ttarget\na\tA\nb\tB\nc\tC\n" });
  const notes: string[] = [];
  const { rows, conditions } = await evaluatePairs(at("mined.tsv"), {
    gold: at("gold"),
    onEvent: (event) => event.kind === "note" && notes.push(event.message),
  });
  t.is(conditions.gold, 3);
  t.is(rows[0].figures["best F1"].value, 4 / 6);
  t.regex(notes.join(), /gold: its first line is read as a header \(source, target\), and is no gold pair/);
});

test("gold pairs of identifiers are looked up in both sides", async (t) => {
  const at = filesIn(t, {
    "mined.tsv": MINED,
    gold: "s1\tt1\ns2\tt2\ns3\tt3\n",
    source: "s1\ta\ns2\tb\ns3\tc\n",
    target: "t1\tA\nt2\tB\nt3\tC\n",
  });
  const options = { gold: at("gold"), source: at("source"), target: at("target") };
  t.is((await evaluatePairs(at("mined.tsv"), options)).rows[0].figures["best F1"].value, 4 / 6);
  await t.throwsAsync(evaluatePairs(at("mined.tsv"), { ...options, target: undefined }), {
    instanceOf: OptionError,
  });
});

test("Moses pairs have no scores: one precision, recall and F1", async (t) => {
  const at = filesIn(t, { de: "a\nb\nc\n", en: "A\nX\nC\n", gold: "a\tA\nb\tB\nc\tC\n", short: "A\n" });
  const { rows, columns } = await evaluatePairs([at("de"), at("en")], { gold: at("gold") });
  t.deepEqual(columns, ["F1", "precision", "recall"]);
  t.is(rows[0].figures.F1.value, 4 / 6);
  await t.throwsAsync(evaluatePairs([at("de"), at("short")], { gold: at("gold") }), {
    instanceOf: InputError,
    message: /de: has 3 lines, .*short has 1/,
  });
});

test("what is no pair is named by its line", async (t) => {
  const at = filesIn(t, {
    good: MINED,
    bad: "1.5\ta\tA\nnonsense\n",
    gold: "a\tA\n",
    empty: "\n",
    three: "a\tb\tc\n",
  });
  await t.throwsAsync(evaluatePairs(at("bad"), { gold: at("gold") }), {
    message: /bad, line 2: has 1 column/,
  });
  await t.throwsAsync(evaluatePairs(at("good"), { gold: at("empty") }), { message: /has no gold pairs/ });
  await t.throwsAsync(evaluatePairs(at("good"), { gold: at("three") }), {
    message: /three, line 1: expected two identifiers/,
  });
});

test("gold that names an identifier that is not there, and a threshold without scores, are errors", async (t) => {
  const at = filesIn(t, {
    mined: "a\tA\n",
    gold: "s9\tt1\n",
    texts: "a\tA\n",
    source: "s1\ta\n",
    target: "t1\tA\n",
  });
  const options = { gold: at("gold"), source: at("source"), target: at("target") };
  await t.throwsAsync(evaluatePairs(at("mined"), options), {
    instanceOf: InputError,
    message: /names s9, but no sentence of .*source/,
  });
  await t.throwsAsync(evaluatePairs(at("mined"), { gold: at("texts"), threshold: 1 }), {
    instanceOf: OptionError,
    message: /has no scores/,
  });
});

test("blank lines of Moses files are no pairs", async (t) => {
  const at = filesIn(t, { de: "a\n\n", en: "A\n\n", gold: "a \tA\n" });
  t.is((await evaluatePairs([at("de"), at("en")], { gold: at("gold") })).rows[0].figures.precision.value, 1);
});

test("gold pairs that are about other texts are an error, and not an F1 of 0", async (t) => {
  const at = filesIn(t, {
    mined: MINED,
    others: "x\tX\ny\tY\n",
    turned: "A\ta\nC\tc\n",
    tokenised: "a\tA .\nb\tB .\n",
    wrong: "a\tC\nb\tA\n",
    ids: "s1\tt1\n",
    source: "s1\tz\n",
    target: "t1\tZ\n",
  });
  const refused = (gold: string, message: RegExp, more = {}) =>
    t.throwsAsync(evaluatePairs(at("mined"), { gold: at(gold), ...more }), {
      instanceOf: InputError,
      message,
    });
  await refused(
    "others",
    /others: no source of its 2 pairs is the source of a pair of .*mined.* id⇥sentence/,
  );
  await refused("turned", /no source of its 2 pairs .*Its sides are the other way round/);
  await refused("tokenised", /no target of its 2 pairs is the target of a pair/);
  await refused("ids", /no source of its 1 pairs/, { source: at("source"), target: at("target") });
  // Pairs of the same texts that are all wrong are a result.
  const { rows } = await evaluatePairs(at("mined"), { gold: at("wrong") });
  t.is(rows[0].figures["best F1"].value, 0);
});
