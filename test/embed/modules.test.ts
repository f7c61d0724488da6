import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { appendDense, type DenseLayer } from "../../src/embed/folder/append-dense.js";
import { readEncoderFolder } from "../../src/embed/folder/encoder-folder.js";
import { testShared } from "../shared.js";
import { temporaryFolder } from "../temporary-folder.js";
import {
  copyOf,
  editJson,
  MODULE_FOLDERS,
  moduleFolder,
  open,
  staticFolder,
  TRANSFORMER,
} from "./folders.js";

for (const name of MODULE_FOLDERS)
  test(`${name}: every vector is within 1e-4 of sentence-transformers`, async (t) => {
    const { folder, reference } = moduleFolder(name, t);
    const { texts, vectors, tasks = {} } = reference;
    compare(t, await (await open(folder, t)).encode(texts), vectors);
    for (const [task, expected] of Object.entries(tasks))
      compare(t, await (await open(folder, t, { task })).encode(texts), expected);
    const [source, target] = Object.keys(tasks);
    if (target === undefined) return;
    const sides = await open(folder, t, { task: source, targetTask: target });
    compare(t, await sides.encode(texts, { side: "target" }), tasks[target]);
    compare(t, await sides.encode(texts), tasks[source]);
  });

function compare(t: ExecutionContext, vectors: Float32Array, rows: number[][]): void {
  const expected = rows.flat();
  t.is(vectors.length, expected.length);
  const differences = expected.map((value, i) => Math.abs(value - vectors[i]));
  t.true(Math.max(...differences) < 1e-4, `off by ${Math.max(...differences)}`);
}

const TEXTS = ["the miller by the river", "mill"];

/** Puts a layer behind a copy of a folder. */
async function append(folder: string, layer: DenseLayer, t: ExecutionContext): Promise<string> {
  const to = temporaryFolder(t);
  cpSync(folder, to, { recursive: true });
  await appendDense(await readEncoderFolder(folder), to, {
    layer,
    settings: { training: 1 },
    card: "# card\n",
  });
  return to;
}

/** W · x + b of every row, brought to length 1. */
function apply(vectors: Float32Array, { inputs, outputs, weight, bias }: DenseLayer): number[] {
  const rows = Array.from({ length: vectors.length / inputs }, (_, row) => {
    const x = vectors.subarray(row * inputs, (row + 1) * inputs);
    const y = Array.from(bias, (value, o) =>
      x.reduce((sum, number, i) => sum + weight[o * inputs + i] * number, value),
    );
    return y.map((value) => value / Math.hypot(...y));
  });
  return rows.flat().slice(0, rows.length * outputs);
}

function isNear(t: ExecutionContext, actual: Float32Array, expected: readonly number[]): void {
  t.is(actual.length, expected.length);
  for (const [i, value] of actual.entries()) t.true(Math.abs(value - expected[i]) < 1e-6, `${i}`);
}

const layerOf = (inputs: number, outputs: number): DenseLayer => ({
  inputs,
  outputs,
  weight: Float32Array.from({ length: inputs * outputs }, (_, i) => Math.sin(i + 1)),
  bias: Float32Array.from({ length: outputs }, (_, i) => Math.cos(i)),
});

test("vectors go through the layer last, and are of length 1; the folder asks for centring", async (t) => {
  const layer = layerOf(2, 3);
  const folder = await append(TRANSFORMER, layer, t);
  const encoder = await open(folder, t);
  t.true(encoder.centre);
  isNear(t, await encoder.encode(TEXTS), apply(await (await open(TRANSFORMER, t)).encode(TEXTS), layer));
  t.is(readFileSync(join(folder, "README.md"), "utf8"), "# card\n");
  t.is(JSON.parse(readFileSync(join(folder, "config.json"), "utf8")).training, 1);
});

test("a folder that lists no modules gets all of them", async (t) => {
  const plain = copyOf(TRANSFORMER, t);
  rmSync(join(plain, "modules.json"));
  const layer = layerOf(2, 2);
  const folder = await append(plain, layer, t);
  isNear(
    t,
    await (await open(folder, t)).encode(TEXTS),
    apply(await (await open(plain, t)).encode(TEXTS), layer),
  );
});

test("what a static encoder's configuration alone normalises is normalised before the layer, too", async (t) => {
  const plain = copyOf(staticFolder("normalised"), t);
  rmSync(join(plain, "modules.json"), { force: true });
  const { dimensions } = await open(plain, t);
  const layer = layerOf(dimensions, dimensions);
  const folder = await append(plain, layer, t);
  isNear(
    t,
    await (await open(folder, t)).encode(["a b"]),
    apply(await (await open(plain, t)).encode(["a b"]), layer),
  );
});

test("the number of another module's folder is not taken", async (t) => {
  const plain = copyOf(TRANSFORMER, t);
  cpSync(join(plain, "1_Pooling"), join(plain, "2_Pooling"), { recursive: true });
  const modules = JSON.parse(readFileSync(join(plain, "modules.json"), "utf8"));
  modules[1].path = "2_Pooling";
  writeFileSync(join(plain, "modules.json"), JSON.stringify(modules));
  const folder = await append(plain, layerOf(2, 2), t);
  const listed = JSON.parse(readFileSync(join(folder, "modules.json"), "utf8")) as { path: string }[];
  t.deepEqual(
    listed.map(({ path }) => path),
    ["", "2_Pooling", "3_Dense", "4_Normalize"],
  );
});

test("a folder that cuts vectors short no longer does: the layer has done it", async (t) => {
  const plain = copyOf(TRANSFORMER, t);
  editJson(plain, "config_sentence_transformers.json", { truncate_dim: 1 });
  // The second number has no weight.
  const layer = { inputs: 2, outputs: 1, weight: Float32Array.of(3, 0), bias: Float32Array.of(-15) };
  const encoder = await open(await append(plain, layer, t), t);
  t.is(encoder.dimensions, 1);
  const [first] = await (await open(plain, t)).encode(["mill"]);
  t.deepEqual([...(await encoder.encode(["mill"]))], [Math.sign(3 * first - 15)]);
});

testShared("a layer goes behind another one", "fixtures/encoders/bert-cls-dense", async (t, plain) => {
  const { dimensions } = await open(plain, t);
  const layer = layerOf(dimensions, dimensions);
  const folder = await append(plain, layer, t);
  isNear(
    t,
    await (await open(folder, t)).encode(TEXTS),
    apply(await (await open(plain, t)).encode(TEXTS), layer),
  );
});
