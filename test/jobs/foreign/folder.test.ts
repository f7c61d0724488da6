import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { BuccOptions, BuccTask, TatoebaOptions } from "../../../src/index.js";
import { embedFile } from "../../../src/jobs/embed-file.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { evaluateXsimFolder } from "../../../src/jobs/evaluate/xsim-folder.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const at = (name: string) => join("test/jobs/foreign", name);
const { xsim, float32 }: { xsim: number[]; float32: [number, string, string][] } = JSON.parse(
  readFileSync(at("pairs.json"), "utf8"),
);
const linesOf = (name: string) => readFileSync(at(name), "utf8").trimEnd().split("\n");
const ROWS = linesOf("source.txt").length;

/** A test set of two aligned texts, and a folder of their vectors. */
function makeSet(t: ExecutionContext) {
  const [folder, vectorsFolder] = [temporaryFolder(t), temporaryFolder(t)];
  for (const language of ["deu", "eng"])
    copyFileSync(at("source.txt"), join(folder, `tatoeba.deu-eng.${language}`));
  copyFileSync(at("source.float32.npy"), join(vectorsFolder, "tatoeba.deu-eng.deu.npy"));
  copyFileSync(at("aligned.npy"), join(vectorsFolder, "tatoeba.deu-eng.eng.npy"));
  return { folder, vectorsFolder };
}

test("tatoeba and xsim take a folder of the vectors of all texts, and find what NumPy finds", async (t) => {
  const { folder, vectorsFolder } = makeSet(t);
  const told: string[] = [];
  const { rows, conditions } = await evaluateTatoeba(folder, {
    vectorsFolder,
    onEvent: (event) => event.kind === "note" && told.push(event.message),
  });
  const wrong = (value: number) => Math.round((1 - value) * ROWS);
  const { figures } = rows[0];
  t.deepEqual(
    [wrong(figures["margin accuracy x→en"].value), wrong(figures["margin accuracy en→x"].value)],
    xsim,
  );
  t.is(conditions.encoder, "foreign");
  t.is(told.length, 1);
  const report = await evaluateXsimFolder(folder, { vectorsFolder, space: "LASER2" });
  t.deepEqual(
    Object.values(report.rows[0].figures).map(({ value }) => Math.round(value * ROWS)),
    xsim,
  );
});

test("a text without vectors, or with more or fewer rows, is told, as is what they have no use for", async (t) => {
  const { folder, vectorsFolder } = makeSet(t);
  const evaluate = (options: TatoebaOptions) => evaluateTatoeba(folder, { vectorsFolder, ...options });
  await t.throwsAsync(evaluate({ vectors: "raw", dimensions: 16 }), {
    instanceOf: InputError,
    message:
      /has no vectors of .*tatoeba\.deu-eng\.deu; expected tatoeba\.deu-eng\.deu\.raw, tatoeba\.deu-eng\.deu\./,
  });
  for (const [options, message] of [
    [{ against: "builtin" }, /against: the vectors are given/],
    [{ encoder: "builtin" }, /encoder: the vectors are given/],
    [{ vectorsFolder: undefined, space: "x" }, /space is given, but there are no vectors of another program/],
  ] as [TatoebaOptions, RegExp][])
    await t.throwsAsync(evaluate(options), { instanceOf: OptionError, message });
  copyFileSync(at("target.float32.npy"), join(vectorsFolder, "tatoeba.deu-eng.eng.npy"));
  await t.throwsAsync(evaluate({}), {
    message: /deu-eng\.eng\.npy: has 50 rows, but .*deu-eng\.eng has 45 lines/,
  });
  const pairs = join(temporaryFolder(t), "test");
  mkdirSync(pairs);
  writeFileSync(join(pairs, "deu-eng.jsonl"), '{"sentence1":"eins","sentence2":"one"}\n');
  await t.throwsAsync(evaluateTatoeba(pairs, { vectorsFolder }), {
    instanceOf: InputError,
    message: /deu-eng\.jsonl: has both languages, and vectors are of one text a file/,
  });
});

/** A mining task whose gold pairs are those that NumPy mines. */
function makeTask(t: ExecutionContext): BuccTask {
  const stem = join(temporaryFolder(t), "xx-yy.dev");
  const task = { name: "xx", source: `${stem}.xx`, target: `${stem}.yy`, gold: `${stem}.gold` };
  const sides = { source: linesOf("source.txt"), target: linesOf("target.txt") };
  for (const side of ["source", "target"] as const)
    writeFileSync(task[side], sides[side].map((line, i) => `${side}-${i}\t${line}\n`).join(""));
  const idsOf = (side: "source" | "target", text: string) =>
    [...sides[side].keys()].filter((i) => sides[side][i] === text).map((i) => `${side}-${i}`);
  const gold = float32.flatMap(([, x, y]) =>
    idsOf("source", x).flatMap((source) => idsOf("target", y).map((target) => `${source}\t${target}\n`)),
  );
  writeFileSync(task.gold, gold.join(""));
  return task;
}

test("bucc mines a task with the vectors of its texts, and finds the pairs that NumPy finds", async (t) => {
  const task = makeTask(t);
  const named = { sourceVectors: at("source.float32.npy"), targetVectors: at("target.v1.parquet") };
  const { rows, conditions } = await evaluateBucc([task], named);
  t.is(rows[0].figures["best F1"].value, 1);
  t.is(conditions.encoder, "foreign");
  const vectorsFolder = temporaryFolder(t);
  copyFileSync(at("source.float32.raw"), join(vectorsFolder, "xx-yy.dev.xx.raw"));
  copyFileSync(at("target.float32.raw"), join(vectorsFolder, "xx-yy.dev.yy.raw"));
  const raw = { vectorsFolder, vectors: "raw", dimensions: 16 } as const;
  const tuned = await evaluateBucc([task], { ...raw, tuneOn: task });
  t.is(tuned.rows[0].figures["F1 at tuned"].value, 1);
  for (const [options, message] of [
    [{ ...named, tuneOn: task }, /sourceVectors and targetVectors are of one task/],
    [{ ...named, encoder: "builtin" }, /encoder: the vectors are given/],
    [{ ...named, cache: vectorsFolder }, /cache: the vectors are given/],
  ] as [BuccOptions, RegExp][])
    await t.throwsAsync(evaluateBucc([task], options), { instanceOf: OptionError, message });
  await t.throwsAsync(evaluateBucc([task], { ...named, sourceVectors: at("target.float32.npy") }), {
    message: /target\.float32\.npy: has 50 rows, but .*xx-yy\.dev\.xx has 45 lines/,
  });
});

test("bucc takes vectors that embed made of its texts, which tell how these are read", async (t) => {
  const task = makeTask(t);
  const vectorsFolder = temporaryFolder(t);
  for (const side of ["source", "target"] as const)
    await embedFile(task[side], join(vectorsFolder, `xx-yy.dev.${side === "source" ? "xx" : "yy"}.npy`), {
      encoder: letterEncoder(),
      read: { format: "bucc" },
    });
  const given = await evaluateBucc([task], { vectorsFolder });
  const embedded = await evaluateBucc([task], { encoder: letterEncoder() });
  t.deepEqual(given.rows, embedded.rows);
});

test("evaluate takes folders of vectors on the command line, and refuses one beside two files", async (t) => {
  const { folder, vectorsFolder } = makeSet(t);
  const { code, stdout, stderr } = await crisscross([
    "evaluate",
    "xsim",
    folder,
    "--vectors-folder",
    vectorsFolder,
    "--json",
  ]);
  t.is(code, 0, stderr);
  t.is(Math.round(JSON.parse(stdout).rows[0].figures["xsim x→eng"].value * ROWS), xsim[0]);
  const text = at("source.txt");
  const refused = await crisscross(["evaluate", "xsim", text, text, "--vectors-folder", vectorsFolder]);
  t.regex(refused.stderr, /--vectors-folder has the vectors of a folder's texts, but two files are given/);
  const files = ["--source-vectors", at("aligned.npy"), "--target-vectors", at("aligned.npy")];
  t.regex(
    (await crisscross(["evaluate", "xsim", folder, ...files])).stderr,
    /are of two files, but a folder is given/,
  );
});
