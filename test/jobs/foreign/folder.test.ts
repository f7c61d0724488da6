import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import type { EmbedFileOptions } from "../../../src/jobs/embed/options.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import type { BuccOptions } from "../../../src/jobs/evaluate/bucc-options.js";
import type { BuccTask } from "../../../src/jobs/evaluate/bucc-tasks.js";
import type { TatoebaOptions } from "../../../src/jobs/evaluate/tatoeba.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { evaluateXsimFolder } from "../../../src/jobs/evaluate/xsim-folder.js";
import type { MineOptions } from "../../../src/jobs/mine.js";
import { mine } from "../../../src/jobs/mine.js";
import { encodeNpyHeader } from "../../../src/store/arrays/npy.js";
import { readNpy } from "../../../src/store/arrays/npy-file.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
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

const expected: Record<string, [number, string, string][]> = JSON.parse(
  readFileSync(at("pairs.json"), "utf8"),
);

async function all(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const list: ScoredPair[] = [];
  for await (const pair of pairs) list.push(pair);
  return list;
}

for (const kind of ["npy", "raw"] as const) {
  test(`embed describes ${kind} vectors of another program, which are then mined as ours`, async (t) => {
    const folder = temporaryFolder(t);
    const options: EmbedFileOptions = kind === "raw" ? { vectors: "raw", dimensions: 16 } : {};
    const made = (["source", "target"] as const).map((side) => ({ side, path: join(folder, `${side}.npy`) }));
    for (const { side, path } of made) {
      const from = at(`${side}.float32.${kind}`);
      await embedFile(at(`${side}.txt`), path, { ...options, from, space: "LASER2" });
    }
    const pairs = await all(mine(made[0].path, made[1].path));
    t.deepEqual(
      pairs.map(({ source, target }) => [source.text, target.text]),
      expected.float32.map(([, source, target]) => [source, target]),
    );
    for (const [i, { score }] of pairs.entries()) t.true(Math.abs(score - expected.float32[i][0]) < 1e-5);
  });
}

test("rows have unit length, those of blank lines are zeros, and the description tells space and text", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const from = at("source.float32.npy");
  const { rows, dimensions, space } = await embedFile(at("source.txt"), output, { from, space: "LASER2" });
  t.deepEqual({ rows, dimensions, space }, { rows: 45, dimensions: 16, space: "LASER2" });
  const values = readNpy(output) as Float32Array;
  const lengths = Array.from({ length: rows }, (_, row) =>
    Math.hypot(...values.subarray(row * 16, row * 16 + 16)),
  );
  // Line 6 is blank, row 13 zeros.
  for (const [row, length] of lengths.entries())
    t.true(Math.abs(length - (row === 5 || row === 12 ? 0 : 1)) < 1e-5);
  const info = JSON.parse(readFileSync(`${output}.json`, "utf8"));
  t.is(info.space, "LASER2");
  t.regex(info.text.path, /source\.txt$/);
});

test("embed counts rows against lines, and refuses a row that is not finite unless it is to be skipped", async (t) => {
  const folder = temporaryFolder(t);
  const [output, broken] = [join(folder, "a.npy"), join(folder, "broken.raw")];
  const space = "LASER2";
  await t.throwsAsync(embedFile(at("target.txt"), output, { from: at("source.float32.npy"), space }), {
    instanceOf: InputError,
    message: /source\.float32\.npy: has 45 rows, but .*target\.txt has 50 lines/,
  });
  await t.throwsAsync(embedFile(at("source.txt"), output, { from: at("target.float32.npy"), space }), {
    message: /has 50 rows, but .*source\.txt has 45 lines/,
  });
  const bytes = readFileSync(at("source.float32.raw"));
  bytes.writeFloatLE(Number.NaN, 7 * 16 * 4);
  writeFileSync(broken, bytes);
  const options: EmbedFileOptions = { from: broken, space, vectors: "raw", dimensions: 16 };
  await t.throwsAsync(embedFile(at("source.txt"), output, options), {
    message: /source\.txt, line 8: its vector, row 8 of .*broken\.raw, is not finite/,
  });
  const summary = await embedFile(at("source.txt"), output, { ...options, read: { onError: "skip" } });
  t.is(summary.skipped, 1);
});

test("embed refuses what it cannot follow beside the vectors of another program", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const from = at("source.float32.npy");
  const given = (options: EmbedFileOptions) => embedFile(at("source.txt"), output, options);
  for (const [options, message] of [
    [{ from }, /from needs space/],
    [{ from, space: "x", encoder: "builtin" }, /encoder: the vectors come from a file/],
    [{ from, space: "x", dimensions: 16 }, /dimensions is given, but there are no raw vectors/],
    [
      { from: at("source.float32.raw"), space: "x" },
      /is not called \.npy, \.safetensors or \.parquet\. If .* vectors: "raw"/,
    ],
    [{ vectorType: "float16" }, /vectorType is given, but there are no raw vectors/],
  ] as const)
    await t.throwsAsync(given(options), { instanceOf: OptionError, message });
  await given({ from, space: "x" });
  await t.throwsAsync(embedFile(at("source.txt"), `${output}2.npy`, { from: output, space: "x" }), {
    message: /is described already/,
  });
});

test("embed --from takes the text as its argument or as --text, but not both", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const text = at("source.txt");
  const how = ["--from", at("source.float16.npy"), "--space", "LASER2", "-o", output];
  const { code, stderr } = await crisscross(["embed", ...how, "--text", text]);
  t.is(code, 0, stderr);
  t.regex(stderr, /a\.npy: 45 rows × 16 of LASER2/);
  t.is((await crisscross(["embed", text, ...how, "--quiet"])).code, 0);
  t.regex((await crisscross(["embed", text, ...how, "--text", text])).stderr, /Two texts are given/);
  t.regex((await crisscross(["embed", ...how])).stderr, /The text is not given/);
});

const texts = { sourceText: at("source.txt"), targetText: at("target.txt") };
const target = at("target.float32.npy");
const ROW_BYTES = 16 * 4;

const mined = (source: string, options: MineOptions = {}) =>
  all(mine(source, target, { ...texts, ...options }));

/** The source's vectors in parts of twenty, twenty and five rows; the second and the third are numbered 9 and 10. */
function cut(t: ExecutionContext): { folder: string; raw: Buffer } {
  const folder = temporaryFolder(t);
  const raw = readFileSync(at("source.float32.raw"));
  for (const [number, [start, end]] of [
    [8, [0, 20]],
    [9, [20, 40]],
    [10, [40, 45]],
  ] as const) {
    const rows = raw.subarray(start * ROW_BYTES, end * ROW_BYTES);
    writeFileSync(join(folder, `part.${number}.raw`), rows);
    writeFileSync(
      join(folder, `part.${number}.npy`),
      Buffer.concat([encodeNpyHeader("<f4", [end - start, 16]), rows]),
    );
  }
  return { folder, raw };
}

test("parts that a star stands for are one after the other by their numbers, as are those that commas join", async (t) => {
  const { folder } = cut(t);
  const whole = await mined(at("source.float32.npy"));
  t.deepEqual(await mined(join(folder, "part.*.npy")), whole);
  t.deepEqual(await mined([8, 9, 10].map((number) => join(folder, `part.${number}.npy`)).join(",")), whole);
  t.deepEqual(await mined(join(folder, "part.*.raw"), { vectors: "raw", dimensions: 16 }), whole);
});

test("rows against lines are counted over all parts, and a part of other dimensions is named", async (t) => {
  const { folder, raw } = cut(t);
  const pattern = join(folder, "part.*.npy");
  await t.throwsAsync(mined(pattern, { sourceText: at("target.txt") }), {
    instanceOf: InputError,
    message: /part\.\*\.npy: has 45 rows in 3 parts, but .*target\.txt has 50 lines/,
  });
  writeFileSync(
    join(folder, "part.9.npy"),
    Buffer.concat([encodeNpyHeader("<f4", [40, 8]), raw.subarray(0, 40 * 8 * 4)]),
  );
  await t.throwsAsync(mined(pattern), {
    instanceOf: InputError,
    message: /part\.9\.npy: has 8 dimensions, but .*part\.8\.npy, another part of the same vectors, has 16/,
  });
  writeFileSync(join(folder, "part.9.raw"), raw.subarray(0, 100));
  await t.throwsAsync(mined(join(folder, "part.*.raw"), { vectors: "raw", dimensions: 16 }), {
    message: /part\.9\.raw: has 100 bytes, which is 1\.56 rows/,
  });
});

test("a row that is not finite is told by its part", async (t) => {
  const { folder } = cut(t);
  const path = join(folder, "part.9.npy");
  const bytes = readFileSync(path);
  bytes.writeFloatLE(Number.NaN, bytes.length - 18 * ROW_BYTES);
  writeFileSync(path, bytes);
  await t.throwsAsync(mined(join(folder, "part.*.npy")), {
    instanceOf: InputError,
    message: /source\.txt, line 23: its vector, row 3 of .*part\.9\.npy, is not finite/,
  });
});

test("parts that are not there, that tell nothing of their text, or that are described are refused", async (t) => {
  const { folder } = cut(t);
  await t.throwsAsync(mined(join(folder, "piece.*.npy")), {
    instanceOf: InputError,
    message: /piece\.\*\.npy: stands for no file/,
  });
  await t.throwsAsync(mined(join(folder, "missing", "part.*.npy")), { message: /its folder: no such file/ });
  await t.throwsAsync(mined(`${join(folder, "part.8.npy")},${join(folder, "part.7.npy")}`), {
    message: /part\.7\.npy: no such file/,
  });
  await t.throwsAsync(all(mine(join(folder, "part.*.npy"), target)), {
    message: /its vectors do not tell whose they are/,
  });
  await embedFile(at("source.txt"), join(folder, "part.9.npy"), { encoder: letterEncoder() });
  await t.throwsAsync(mined(join(folder, "part.*.npy")), {
    instanceOf: InputError,
    message:
      /: 3 files \(\.npy\) in it are meant, and none has the vectors of a part of a text\. Name one file/,
  });
});

test("a file whose name has a comma or a star is itself", async (t) => {
  const { folder } = cut(t);
  for (const name of ["a,b.npy", "part.*.npy"]) {
    copyFileSync(at("source.float32.npy"), join(folder, name));
    t.deepEqual(await mined(join(folder, name)), await mined(at("source.float32.npy")));
  }
});

test("embed --from makes one described file of all parts, and writes over none of them", async (t) => {
  const { folder } = cut(t);
  const output = join(folder, "whole.npy");
  const from = ["--from", join(folder, "part.*.npy"), "--space", "LASER2", "--quiet"];
  const { code, stderr } = await crisscross(["embed", at("source.txt"), ...from, "-o", output]);
  t.is(code, 0, stderr);
  t.is(readNpy(output).length, 45 * 16);
  const part = join(folder, "part.9.npy");
  t.is((await crisscross(["embed", at("source.txt"), ...from, "-o", part])).code, 2);
});
