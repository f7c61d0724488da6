import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import type { AlignedOptions } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateRetrieval, evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import type { ScoreOptions } from "../../../src/jobs/score/options.js";
import { scoreBitext } from "../../../src/jobs/score/score.js";
import { crisscross } from "../../cli/terminal.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

const at = (name: string) => join("test/jobs/foreign", name);
const { scored, xsim }: { scored: (number | null)[]; xsim: number[] } = JSON.parse(
  readFileSync(at("pairs.json"), "utf8"),
);
const ROWS = scored.length;
const ROW_BYTES = 16 * 4;
const linesOf = (name: string) => readFileSync(at(name), "utf8").split("\n").slice(0, ROWS);
const RAW = { vectors: "raw", dimensions: 16 } as const;

/** A bitext of the lines of both texts, and raw vectors of as many rows. */
function makeBitext(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const target = linesOf("target.txt");
  const bitext = join(folder, "pairs.tsv");
  writeFileSync(
    bitext,
    linesOf("source.txt")
      .map((line, i) => `${line}\t${target[i]}\n`)
      .join(""),
  );
  const targetVectors = join(folder, "target.raw");
  writeFileSync(targetVectors, readFileSync(at("target.float32.raw")).subarray(0, ROWS * ROW_BYTES));
  return { folder, bitext, vectors: { sourceVectors: at("source.float32.raw"), targetVectors, ...RAW } };
}

test("score gives a bitext the margins that NumPy gives its vectors, whatever is blank, zero or stands twice", async (t) => {
  const { folder, bitext, vectors } = makeBitext(t);
  const output = join(folder, "scored.tsv");
  const { unscored } = await scoreBitext(bitext, output, vectors);
  const found = readFileSync(output, "utf8")
    .split("\n")
    .slice(0, ROWS)
    .map((line) => line.split("\t")[0]);
  for (const [i, score] of scored.entries())
    if (score === null) t.is(found[i], "");
    else t.true(Math.abs(Number(found[i]) - score) < 1e-5);
  t.is(unscored, scored.filter((score) => score === null).length);
});

test("score counts rows and pairs, of which a header is none, and tells a row that is not finite", async (t) => {
  const { folder, bitext, vectors } = makeBitext(t);
  const output = join(folder, "scored.tsv");
  const score = (options: ScoreOptions, input = bitext) =>
    scoreBitext(input, output, { ...vectors, ...options });
  await t.throwsAsync(score({ targetVectors: at("target.float32.raw") }), {
    instanceOf: InputError,
    message: /target\.float32\.raw: has 50 rows, but .*pairs\.tsv has 45 pairs/,
  });
  const headed = join(folder, "headed.tsv");
  writeFileSync(headed, `source\ttarget\n${readFileSync(bitext, "utf8")}`);
  t.is((await score({}, headed)).pairs, ROWS);
  const broken = join(folder, "broken.raw");
  const bytes = readFileSync(at("source.float32.raw"));
  bytes.writeFloatLE(Number.NaN, 7 * ROW_BYTES);
  writeFileSync(broken, bytes);
  await t.throwsAsync(score({ sourceVectors: broken }), {
    instanceOf: InputError,
    message: /pairs\.tsv, line 8: its vector, row 8 of .*broken\.raw, is not finite/,
  });
  t.is((await score({ sourceVectors: broken, read: { onError: "skip" } })).skipped, 1);
});

test("a run that scores other pairs of the same texts takes their own rows", async (t) => {
  const folder = temporaryFolder(t);
  const [bitext, vectors] = [join(folder, "pairs.tsv"), join(folder, "vectors.raw")];
  writeFileSync(vectors, new Float32Array([1, 0, 0.6, 0.8, 0, 1]));
  const score = async (pairs: string) => {
    writeFileSync(bitext, pairs);
    const options: ScoreOptions = {
      sourceVectors: vectors,
      targetVectors: vectors,
      vectors: "raw",
      dimensions: 2,
      score: "cosine",
      run: join(folder, "run"),
    };
    await scoreBitext(bitext, join(folder, "scored.tsv"), options);
    return readFileSync(join(folder, "scored.tsv"), "utf8")
      .split("\n")
      .map((line) => line.split("\t")[0]);
  };
  t.deepEqual(await score("a\tx\na\ty\nb\tx\n"), ["1.000000", "0.600000", "0.000000", ""]);
  t.deepEqual(await score("a\tx\nb\tx\nb\ty\n"), ["1.000000", "0.600000", "0.800000", ""]);
});

test("xsim and retrieval take the vectors of both texts, and find what NumPy finds", async (t) => {
  const text = at("source.txt");
  const vectors = { sourceVectors: at("source.float32.npy"), targetVectors: at("aligned.npy") };
  const report = await evaluateXsim(text, text, { ...vectors, space: "LASER2" });
  t.deepEqual(
    report.rows.map(({ figures }) => Math.round(figures.xsim.value * ROWS)),
    xsim,
  );
  t.is(report.conditions.encoder, "LASER2");
  const { rows } = await evaluateRetrieval(text, text, vectors);
  t.true(rows[0].figures["recall@10"].value > 0.9);
});

test("xsim counts rows and lines, and tells a row that is not finite", async (t) => {
  const vectors = { sourceVectors: at("source.float32.npy"), targetVectors: at("target.float32.npy") };
  await t.throwsAsync(evaluateXsim(at("source.txt"), at("source.txt"), vectors), {
    instanceOf: InputError,
    message: /target\.float32\.npy: has 50 rows, but .*source\.txt has 45 lines/,
  });
  const broken = join(temporaryFolder(t), "broken.npy");
  const bytes = readFileSync(at("aligned.npy"));
  bytes.writeFloatLE(Number.POSITIVE_INFINITY, bytes.length - 4);
  writeFileSync(broken, bytes);
  await t.throwsAsync(
    evaluateXsim(at("source.txt"), at("source.txt"), { ...vectors, targetVectors: broken }),
    {
      message: /source\.txt, line 45: its vector, row 45 of .*broken\.npy, is not finite/,
    },
  );
});

test("vectors that embed made are taken beside their text, and refused beside another", async (t) => {
  const folder = temporaryFolder(t);
  const made = { source: join(folder, "source.npy"), target: join(folder, "target.npy") };
  const texts = { source: join(folder, "a.txt"), target: join(folder, "b.txt") };
  for (const side of ["source", "target"] as const) {
    writeFileSync(texts[side], `${side} one\n${side} two\n`);
    await embedFile(texts[side], made[side], { encoder: letterEncoder() });
  }
  const vectors = { sourceVectors: made.source, targetVectors: made.target };
  const output = join(folder, "scored.tsv");
  const { encoder } = await scoreBitext([texts.source, texts.target], output, {
    ...vectors,
    write: { format: "tsv" },
  });
  t.is(encoder, letterEncoder().space);
  await t.throwsAsync(
    scoreBitext([texts.target, texts.source], output, { ...vectors, write: { format: "tsv" } }),
    {
      instanceOf: InputError,
      message: /is not the text that .*\.npy was embedded from/,
    },
  );
});

test("options that vectors have no use for are refused, as are vectors of one side alone", async (t) => {
  const { folder, bitext, vectors } = makeBitext(t);
  const output = join(folder, "scored.tsv");
  for (const [options, message] of [
    [{ ...vectors, targetVectors: undefined }, /targetVectors is not given, but sourceVectors is/],
    [{ ...vectors, encoder: "builtin" }, /encoder: the vectors are given/],
    [{ ...vectors, neighbourhood: { target: bitext } }, /neighbourhood: its sentences have no vectors/],
    [
      { ...vectors, vectors: undefined, dimensions: undefined },
      /source\.float32\.raw: is not called \.npy, \.safetensors or \.parquet/,
    ],
    [{ ...vectors, dimensions: undefined }, /vectors: "raw" needs dimensions/],
    [{ space: "LASER2" }, /space is given, but there are no vectors of another program/],
  ] as [ScoreOptions, RegExp][])
    await t.throwsAsync(scoreBitext(bitext, output, options), { instanceOf: OptionError, message });
  await t.throwsAsync(
    scoreBitext(bitext, output, { sourceVectors: at("vectors.pt"), targetVectors: at("vectors.pt") }),
    {
      instanceOf: InputError,
      message: /vectors\.pt: is a file of PyTorch/,
    },
  );
  const beside: AlignedOptions = {
    sourceVectors: at("source.float32.npy"),
    targetVectors: at("aligned.npy"),
  };
  await t.throwsAsync(evaluateXsim(at("source.txt"), at("source.txt"), { ...beside, cache: folder }), {
    instanceOf: OptionError,
    message: /cache: the vectors are given, and no encoder is opened/,
  });
});

test("score and evaluate take vectors on the command line", async (t) => {
  const { bitext, vectors } = makeBitext(t);
  const how = ["--vectors", "raw", "--dimensions", "16", "--space", "LASER2"];
  const sides = ["--source-vectors", vectors.sourceVectors, "--target-vectors", vectors.targetVectors];
  const { code, stdout, stderr } = await crisscross(["score", bitext, ...sides, ...how]);
  t.is(code, 0, stderr);
  t.is(stdout.split("\n").length, ROWS + 1);
  const text = at("source.txt");
  const tensors = [
    "--source-vectors",
    at("source.kinds.parquet"),
    "--target-vectors",
    at("two-tensors.safetensors"),
  ];
  const field = ["--vector-field", "fixed,vectors", "--json"];
  const report = await crisscross(["evaluate", "xsim", text, text, ...tensors, ...field]);
  // Its own vectors each line finds at once, but for the blank one and that of zeros.
  t.is(JSON.parse(report.stdout).rows[0].figures.xsim.value, 2 / ROWS);
});
