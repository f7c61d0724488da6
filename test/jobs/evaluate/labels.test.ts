import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { evaluateLabels } from "../../../src/jobs/evaluate/labels.js";

const bytes = (data: string) => Readable.from([Buffer.from(data)]);

test("the area under the curve is told of a bitext's scores and labels", async (t) => {
  // Positives 0.9 and 0.4, negatives 0.5 and 0.1: three of four are in order.
  const tsv = "0.9\ta\tx\t1\n0.5\ta\tx\t0\n0.4\ta\tx\t1 \n0.1\ta\tx\t0\n\ta\tx\t1\n\n";
  const { rows, conditions } = await evaluateLabels(bytes(tsv), { labelColumn: 4, confidence: true });
  t.is(rows[0].figures.AUC.value, 0.75);
  t.true(rows[0].figures.AUC.interval!.low <= 0.75 && rows[0].figures.AUC.interval!.high >= 0.75);
  t.deepEqual(conditions, { metric: "auc", pairs: 4, positives: 2, unscored: 2 });
});

test("rows that cannot be read are told and counted, where they are to be skipped", async (t) => {
  const tsv = "0.9\ta\tx\t1\nbad\ta\tx\t1\n0.4\ta\tx\t0\nworse\ta\tx\t0\n";
  const events: string[] = [];
  const { conditions } = await evaluateLabels(bytes(tsv), {
    labelColumn: 4,
    read: { onError: "skip" },
    onEvent: ({ kind }) => events.push(kind),
  });
  t.deepEqual(conditions, { metric: "auc", pairs: 2, positives: 1, unscored: 0, skipped: 2 });
  t.deepEqual(events, ["skipped", "skipped"]);
});

test("labels of JSON lines are a field, or stand below one", async (t) => {
  const rows = [
    { source: "a", target: "b", score: 1, good: true, meta: { good: 0 } },
    { source: "a", target: "b", score: 2, good: 0, meta: { good: true } },
  ];
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  for (const [labelField, area] of [["good", 0] as const, ["meta.good", 1] as const]) {
    const report = await evaluateLabels(bytes(lines), { labelField, read: { format: "jsonl" } });
    t.is(report.rows[0].figures.AUC.value, area);
  }
});

test("what is no label is an error that names its line; labels of one kind are one, too", async (t) => {
  await t.throwsAsync(evaluateLabels(bytes("1\ta\tb\t1\n1\ta\tb\tgood\n"), { labelColumn: 4 }), {
    instanceOf: InputError,
    message: 'standard input, line 2: column 4 is "good"; expected a label, 1 or 0.',
  });
  await t.throwsAsync(evaluateLabels(bytes("1\ta\tb\n"), { labelColumn: 4 }), {
    message: /column 4 is missing/,
  });
  await t.throwsAsync(evaluateLabels(bytes("1\ta\tb\t1\n"), { labelColumn: 4 }), {
    message: /both are needed/,
  });
  await t.throwsAsync(evaluateLabels(bytes(""), {}), { instanceOf: OptionError });
});

const ANSWERS = "score\tsource\ttarget\tlabel\tband\tbandPairs\n";

test("answers that a report saved need no column, and have the precision of each band and of all", async (t) => {
  const tsv = `${ANSWERS}1.2\ta\tb\t1\tfrom 1.1\t900\n1.3\tc\td\t1\tfrom 1.1\t900\n1\te\tf\t0\tbelow 1.1\t100\n`;
  const { columns, rows, conditions } = await evaluateLabels(bytes(tsv), {});
  t.deepEqual(columns, ["precision", "AUC", "judged", "pairs"]);
  const figures = rows.map(({ name, figures: { precision, judged, pairs } }) => [
    name,
    precision.value,
    judged.value,
    pairs.value,
  ]);
  t.deepEqual(figures, [
    ["standard input", 0.9, 3, 1000],
    ["from 1.1", 1, 2, 900],
    ["below 1.1", 0, 1, 100],
  ]);
  // Wilson's bound of two of two: 1 / (1 + 1.96² / 2).
  t.true(Math.abs(rows[1].figures.precision.interval!.low - 0.342) < 0.001);
  t.is(conditions.metric, "precision");
});

test("answers of one kind have a precision, but no area", async (t) => {
  const { columns, rows } = await evaluateLabels(bytes(`${ANSWERS}1.2\ta\tb\t1\tfrom 1.1\t9\n`), {});
  t.deepEqual(columns, ["precision", "judged", "pairs"]);
  t.is(rows[0].figures.precision.value, 1);
});

test("an answer that is none, and a band that contradicts itself, are errors with their line", async (t) => {
  const says = (rows: string, message: RegExp) =>
    t.throwsAsync(evaluateLabels(bytes(ANSWERS + rows), {}), { instanceOf: InputError, message });
  await says("1.2\ta\tb\tyes\tfrom 1\t9\n", /line 2: column label is "yes"; expected a label, 1 or 0/);
  await says("1.2\ta\tb\t1\tfrom 1\tmany\n", /line 2: column bandPairs is "many"/);
  await says("1.2\ta\tb\t1\tfrom 1\t9\n1.2\ta\tb\t1\tfrom 1\t8\n", /line 3: column bandPairs is 8, but 9/);
});
