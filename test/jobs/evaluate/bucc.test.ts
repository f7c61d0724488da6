import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import type { BuccTask } from "../../../src/jobs/evaluate/bucc-tasks.js";
import { findBuccTasks } from "../../../src/jobs/evaluate/bucc-tasks.js";
import { mine } from "../../../src/jobs/mine.js";
import type { Retrieval } from "../../../src/types/pairs.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { tableEncoder } from "../table-encoder.js";

/** Cosines: a–A 0.8, a–B 0.6, b–A 0.6, b–B 0.8. */
const encoder = tableEncoder({ a: [1, 0], b: [0, 1], A: [0.8, 0.6], B: [0.6, 0.8] });

function taskIn(
  t: ExecutionContext,
  files: { source: string[]; target: string[]; gold: string[] },
  name = "xx-yy.dev",
): BuccTask {
  const stem = join(temporaryFolder(t), name);
  const task = { name: "xx", source: `${stem}.xx`, target: `${stem}.yy`, gold: `${stem}.gold` };
  writeFileSync(task.source, files.source.join("\n"));
  writeFileSync(task.target, files.target.join("\n"));
  writeFileSync(task.gold, files.gold.join("\n"));
  return task;
}

const square = { source: ["1\ta", "2\tb"], target: ["7\tA", "8\tB"] };
const f1 = async (task: BuccTask, options = {}) =>
  (await evaluateBucc([task], { encoder, k: 2, ...options })).rows[0].figures;

test("a hand-worked task: one of two mined pairs is gold, and the gold has a pair that was not mined", async (t) => {
  // Mined: 1–7 and 2–8, both with the same margin. F1 = 2 · 1 / (2 + 2).
  const figures = await f1(taskIn(t, { ...square, gold: ["1\t7", "2\t7"] }));
  t.is(figures["best F1"].value, 1 / 2);
  t.is(figures.precision.value, 1 / 2);
  t.is(figures.recall.value, 1 / 2);
});

test("gold that names an identifier that is not there is an error", async (t) => {
  await t.throwsAsync(f1(taskIn(t, { ...square, gold: ["1\t7", "2\t99"] })), {
    instanceOf: InputError,
    message: /xx-yy\.dev\.gold: names 99, but no sentence of .*\.yy has that identifier/,
  });
});

test("duplicate gold lines count once", async (t) => {
  const figures = await f1(taskIn(t, { ...square, gold: ["1\t7", "1\t7", "2\t8", ""] }));
  t.is(figures["best F1"].value, 1);
});

test("identifiers that share a sentence give the cross product", async (t) => {
  const task = taskIn(t, {
    source: ["1\ta", "2\tb", "3\ta"],
    target: ["7\tA", "8\tB"],
    gold: ["1\t7", "3\t7", "2\t8"],
  });
  t.is((await f1(task))["best F1"].value, 1);
});

test("a threshold above every score predicts nothing: F1 0", async (t) => {
  const figures = await f1(taskIn(t, { ...square, gold: ["1\t7"] }), { threshold: 9 });
  t.is(figures["F1 at given"].value, 0);
});

test("a threshold tuned on another split is applied to this one", async (t) => {
  const tuneOn = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  const figures = await f1(taskIn(t, { ...square, gold: ["1\t7"] }), { tuneOn });
  // The other split's best threshold keeps both pairs: 2 · 1 / (2 + 1).
  t.is(figures["F1 at tuned"].value, 2 / 3);
  // 0.8 / 0.7 = 1.142857
  t.is(figures["tuned threshold"].value, 1.1428);
});

test("a side of one sentence is a task, too", async (t) => {
  const task = taskIn(t, { source: ["1\ta"], target: ["7\tA", "8\tB"], gold: ["1\t7"] });
  t.is((await f1(task))["best F1"].value, 1);
});

test("margins and retrievals stand side by side, and a run folder gives the same", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  const choices = { margins: ["ratio", "distance"], retrievals: ["max", "forward"] } as const;
  const report = await evaluateBucc([task], { encoder, k: 2, ...choices });
  t.deepEqual(
    report.rows.map(({ name }) => name),
    ["xx ratio max", "xx ratio forward", "xx distance max", "xx distance forward"],
  );
  const run = join(temporaryFolder(t), "run");
  for await (const _ of mine(task.source, task.target, { encoder, k: 2, read: { format: "bucc" }, run }));
  t.deepEqual((await evaluateBucc([task], { run, ...choices })).rows, report.rows);
});

test("an encoder compared with itself gains nothing", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  t.deepEqual((await f1(task, { against: encoder }))["F1 gained"], {
    value: 0,
    interval: { low: 0, high: 0 },
  });
});

test("two encoders that choose different sources are compared source by source", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  // This one gives b no vector: it mines 1–7 alone, and F1 is 2 · 1 / (1 + 2).
  const half = tableEncoder({ a: [1, 0], b: [0, 0], A: [0.8, 0.6], B: [0.6, 0.8] });
  const { value, interval } = (await f1(task, { against: half }))["F1 gained"];
  t.true(Math.abs(value - (1 - 2 / 3)) < 1e-9);
  t.true(interval!.low >= 0 && interval!.high <= 1);
});

test("what a run folder cannot give is refused beside it", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] });
  for (const options of [{ encoder }, { against: encoder }, { tuneOn: task }, { cache: "vectors" }])
    await t.throwsAsync(evaluateBucc([task], { run: "run", ...options }), { instanceOf: OptionError });
});

test("a folder's tasks are found by their names", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] }, "de-en.dev");
  const folder = join(task.gold, "..");
  const [found] = await findBuccTasks(folder);
  t.like(found, { name: "de", source: join(folder, "de-en.dev.de"), target: join(folder, "de-en.dev.en") });
  for (const called of ["de", "deu", "ger", "de-en", "deu-eng"])
    t.is((await findBuccTasks(folder, [called])).length, 1, called);
  await t.throwsAsync(findBuccTasks(folder, ["fr"]), {
    instanceOf: OptionError,
    message: /has no mining sets for fr; it has de/,
  });
});

/** A folder in the layout of BUCC 2018's release: a folder a language pair, three splits, two with gold pairs. */
function releaseIn(t: ExecutionContext, pairs: readonly string[], gold = ["sample", "training"]): string {
  const folder = join(temporaryFolder(t), "bucc2018");
  for (const pair of pairs)
    for (const split of ["sample", "training", "test"])
      for (const suffix of [...pair.split("-"), ...(gold.includes(split) ? ["gold"] : [])]) {
        const path = join(folder, pair, `${pair}.${split}.${suffix}`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(
          path,
          { [pair.slice(0, 2)]: "1\ta\n2\tb\n", gold: "1\t7\n2\t8\n" }[suffix] ?? "7\tA\n8\tB\n",
        );
      }
  return folder;
}

test("sample, training and test are splits of one pair: the release's training set is measured, and told", async (t) => {
  const folder = releaseIn(t, ["de-en", "fr-en"]);
  const tasks = await findBuccTasks(folder);
  t.deepEqual(
    tasks.map(({ name, split, gold }) => [name, split, gold]),
    ["de", "fr"].map((x) => [x, "training", join(folder, `${x}-en`, `${x}-en.training.gold`)]),
  );
  const { rows, conditions } = await evaluateBucc(tasks, { encoder, k: 2 });
  t.deepEqual(
    rows.map(({ name }) => name),
    ["de", "fr", "mean of 2, ratio max"],
  );
  t.like(conditions, { split: "training", gold: 4 });
  t.deepEqual(await findBuccTasks(join(folder, "de-en")), [
    { ...tasks[0], source: join(folder, "de-en", "de-en.training.de") },
  ]);
});

test("a split is chosen by name; one whose gold pairs are not public is told so, and one that is not there", async (t) => {
  const folder = releaseIn(t, ["de-en"]);
  t.like((await findBuccTasks(folder, ["de-en"], { split: "sample" }))[0], { name: "de", split: "sample" });
  await t.throwsAsync(findBuccTasks(folder, undefined, { split: "test" }), {
    instanceOf: InputError,
    message: /no gold pairs for test .*public release.*split: sample, training/,
  });
  await t.throwsAsync(findBuccTasks(folder, undefined, { split: "dev" }), {
    instanceOf: OptionError,
    message: /has no split dev; it has sample, training/,
  });
  t.is((await findBuccTasks(releaseIn(t, ["de-en"], ["training", "test"])))[0].split, "test");
  await t.throwsAsync(findBuccTasks(releaseIn(t, ["de-en"], [])), {
    message: /no gold pairs for sample, test, training/,
  });
});

test("a pair of languages without the split that the others have is left out and told", async (t) => {
  const folder = releaseIn(t, ["de-en", "fr-en"]);
  writeFileSync(join(folder, "ru-en.sample.ru"), "1\ta\n");
  writeFileSync(join(folder, "ru-en.sample.en"), "7\tA\n");
  writeFileSync(join(folder, "ru-en.sample.gold"), "1\t7\n");
  const told: string[] = [];
  const onEvent = (event: JobEvent) => told.push(JSON.stringify(event));
  t.is((await findBuccTasks(folder, undefined, { split: "training", onEvent })).length, 2);
  t.regex(told.join(), /no gold pairs of training for ru-en, left out/);
  t.is((await findBuccTasks(folder, undefined, { onEvent })).length, 3);
  t.is(told.length, 1);
});

test("a run folder stands for one task only", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] });
  await t.throwsAsync(evaluateBucc([task, task], { run: "run" }), { instanceOf: OptionError });
});

test("a run folder is searched already: nothing that says how goes with it", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] });
  for (const [name, value] of Object.entries({
    blend: { encoder: "builtin", weight: 0.3 },
    centre: false,
    prompt: "query: ",
    dimensions: 2,
    revision: "v1",
    k: 8,
    guard: "copies",
  }))
    await t.throwsAsync(evaluateBucc([task], { run: "run", [name]: value }), {
      instanceOf: OptionError,
      message: new RegExp(`^${name}: a run folder has its texts and vectors already`),
    });
});

test("a run folder is read already: nothing that says how goes with it", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] });
  for (const [option, read] of [
    ["format", { format: "tsv" }],
    ["column", { column: 2 }],
  ] as const)
    for (const how of [{ read }, { readTarget: read }])
      await t.throwsAsync(evaluateBucc([task], { run: "run", ...how }), {
        instanceOf: OptionError,
        message: new RegExp(`^${option}: a run folder has its texts`),
      });
});

test("a second choice needs max among the retrievals", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] });
  const evaluate = (...retrievals: Retrieval[]) =>
    evaluateBucc([task], { encoder, retrievals, secondChoice: true });
  await t.throwsAsync(evaluate("union", "forward"), {
    instanceOf: OptionError,
    message: /secondChoice goes with retrieval: "max" only, not with union/,
  });
  t.is((await evaluate("union", "max")).rows.length, 2);
});

test("a variant of no encoder and a cache that could remember nothing are refused", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7"] });
  const cache = temporaryFolder(t);
  await t.throwsAsync(evaluateBucc([task], { encoder, againstVariant: "q4" }), {
    instanceOf: OptionError,
    message: /againstVariant goes with against, which is not given/,
  });
  await t.throwsAsync(evaluateBucc([task], { encoder: "ngram", cache }), {
    instanceOf: OptionError,
    message:
      /cache keeps vectors of encoders that are opened by name and not fitted to the texts, unlike ngram-256-seed0/,
  });
  await t.notThrowsAsync(evaluateBucc([task], { encoder: "ngram", against: "builtin", cache }));
});

test("an encoder that is centred and one that is not are both told so when they are compared", async (t) => {
  const task = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  const against = { ...encoder, space: "centred", centre: true };
  const { conditions } = await evaluateBucc([task], { encoder, against, k: 2 });
  t.like(conditions, { centre: false, "against centre": true });
  t.false("against centre" in (await evaluateBucc([task], { encoder, against: encoder, k: 2 })).conditions);
});

test("a sentence that stands for near-duplicates is predicted by all their identifiers", async (t) => {
  // Cosines: a–a′ 0.96, A–B 0.48; a–A 0.8, b–A 0.6; a–B 0, b–B 0.8. Mined: 1–7 and 3–7 by a, and 2–8.
  const near = tableEncoder({
    a: [1, 0, 0],
    "a′": [0.96, 0.28, 0],
    b: [0, 0, 1],
    A: [0.8, 0, 0.6],
    B: [0, 0.6, 0.8],
  });
  const files = { ...square, source: ["1\ta", "2\tb", "3\ta′"], gold: ["1\t7", "2\t8", "3\t7"] };
  const task = taskIn(t, files);
  const options = { encoder: near, collapseNearDuplicates: 0.95 };
  t.is((await f1(task, options))["best F1"].value, 1);

  const run = join(temporaryFolder(t), "run");
  const mined = mine(task.source, task.target, { ...options, k: 2, read: { format: "bucc" }, run });
  for await (const _ of mined);
  t.is((await f1(task, { encoder: undefined, k: undefined, run }))["best F1"].value, 1);
});

test("precision, recall, F1 at a threshold and means have intervals, if they are asked for", async (t) => {
  const tasks = [taskIn(t, { ...square, gold: ["1\t7", "2\t8"] }), taskIn(t, { ...square, gold: ["1\t7"] })];
  const options = { encoder, k: 2, threshold: 0, tuneOn: tasks, against: encoder };
  const sure = await evaluateBucc(tasks, { ...options, confidence: true });
  const measures = sure.columns.filter((column) => !column.endsWith("threshold"));
  t.is(measures.length, 3 + 3 + 3 + 1);
  for (const { name, figures } of sure.rows)
    for (const column of measures) t.truthy(figures[column].interval, `${name}: ${column}`);
  const plain = await evaluateBucc(tasks, options);
  t.is(plain.rows[0].figures.precision.interval, undefined);
  t.is(plain.rows.at(-1)!.figures["best F1"].interval, undefined);
});

test("the interval of precision is that of its share of the predicted", async (t) => {
  // Of each sample of both sources: none, one or two of the two predicted pairs are gold.
  const { precision, recall } = await f1(taskIn(t, { ...square, gold: ["1\t7"] }), {
    confidence: true,
    threshold: 0,
  });
  t.deepEqual(recall.interval, { low: 0, high: 1 });
  t.true(precision.interval!.low >= 0 && precision.interval!.high <= 1);
});

test("each of several tasks is tuned on its own split", async (t) => {
  const high = taskIn(t, { ...square, gold: ["1\t7"] });
  const all = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  const { rows } = await evaluateBucc([high, all], { encoder, k: 2, tuneOn: [all, all] });
  t.deepEqual(
    rows.slice(0, 2).map(({ figures }) => figures["F1 at tuned"].value),
    [2 / 3, 1],
  );
  await t.throwsAsync(evaluateBucc([high, all], { encoder, tuneOn: all }), {
    instanceOf: OptionError,
    message: /tuneOn names 1 sets, but 2 are measured/,
  });
});

test("a run folder has its texts, which need not be named again", async (t) => {
  const { gold, ...task } = taskIn(t, { ...square, gold: ["1\t7", "2\t8"] });
  const run = join(temporaryFolder(t), "run");
  for await (const _ of mine(task.source, task.target, { encoder, k: 2, read: { format: "bucc" }, run }));
  const { rows } = await evaluateBucc([{ name: "run", gold }], { run });
  t.is(rows[0].figures["best F1"].value, 1);
  await t.throwsAsync(evaluateBucc([{ name: "run", gold }], { encoder }), {
    instanceOf: OptionError,
    message: /run: has no texts; expected source and target/,
  });
});
