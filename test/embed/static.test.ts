import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openTable } from "../../src/embed/static/open-table.js";
import { packTable } from "../../src/embed/static/pack.js";
import { PackedTable } from "../../src/embed/static/packed-table.js";
import { writeStaticFolder } from "../../src/embed/static/write-static-folder.js";
import { ModelError } from "../../src/errors.js";
import { toFloat16 } from "../../src/store/arrays/float16.js";
import { randomUnitVectors } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";
import { copyOf, open, staticFolder } from "./folders.js";

const HALF = 5e-4;
const FOLDERS: [name: string, what: string, tolerance: number][] = [
  ["normalised", "Model2Vec's normalised table, at most 8 tokens", 1e-6],
  ["mapped", "Model2Vec's float16 table of 5 rows with weights and a mapping", HALF],
  ["wordpiece", "Model2Vec's int8 table over WordPiece", 1e-6],
  ["nameless", "Model2Vec's table under a configuration that names no model", 1e-6],
  ["adapted", "Model2Vec's table with a Dense module before Normalize", 1e-6],
  ["sentence-transformers", "sentence-transformers' StaticEmbedding and Normalize", 1e-6],
  [
    "truncated",
    "sentence-transformers' table of more rows than pieces, cut to 4 tokens by its tokenizer",
    1e-6,
  ],
];

for (const [name, what, tolerance] of FOLDERS) {
  test(`${what}: the vectors are those of its own package`, async (t) => {
    const { texts, vectors } = JSON.parse(readFileSync(join(staticFolder(name), "reference.json"), "utf8"));
    const encoder = await open(staticFolder(name), t);
    const found = await encoder.encode(texts);
    const expected: number[] = vectors.flat();
    t.is(found.length, expected.length);
    t.true(found.every((value, i) => Math.abs(value - expected[i]) < tolerance));
  });
}

test("texts that are cut are counted", async (t) => {
  const encoder = await open(staticFolder("normalised"), t);
  t.is(encoder.maxTokens, 8);
  const counts: number[] = [];
  // Half of the pieces have one letter: the package cuts at 8 pieces of the median length, which are 8 letters.
  await encoder.encode(["by by by", "by by by by"], { onTruncated: (count) => counts.push(count) });
  t.deepEqual(counts, [1]);
});

test("a folder without modules.json is static by its config.json", async (t) => {
  const copy = copyOf(staticFolder("normalised"), t);
  const [before] = await Promise.all([(await open(copy, t)).encode(["the mill"])]);
  rmSync(join(copy, "modules.json"));
  t.deepEqual(await (await open(copy, t)).encode(["the mill"]), before);
});

test("a table called as Model2Vec calls it is sentence-transformers' by its modules.json", async (t) => {
  const copy = copyOf(staticFolder("sentence-transformers"), t);
  const texts = ["the mill 日本", "grain"];
  const before = await (await open(copy, t)).encode(texts);
  const weights = join(copy, "model.safetensors");
  const bytes = readFileSync(weights).toString("latin1");
  // Of the same length, so that the header's length stays true.
  writeFileSync(weights, bytes.replace('"embedding.weight":', '"embeddings":      '), "latin1");
  t.deepEqual(await (await open(copy, t)).encode(texts), before);
});

test("of a folder without modules.json fewer dimensions are of unit length, too", async (t) => {
  const copy = copyOf(staticFolder("normalised"), t);
  rmSync(join(copy, "modules.json"));
  const encoder = await open(copy, t, { dimensions: 2 });
  const [x, y] = await encoder.encode(["the mill"]);
  t.true(Math.abs(Math.hypot(x, y) - 1) < 1e-6);
});

test("what its configuration cuts and normalises is Model2Vec's without modules.json, too", async (t) => {
  const copy = copyOf(staticFolder("adapted"), t);
  const whole = await (await open(copy, t)).encode(["the mill"]);
  t.is(whole.length, 3);
  rmSync(join(copy, "modules.json"));
  rmSync(join(copy, "config.json"));
  // By the name of its table: neither adapted nor normalised.
  const plain = await open(copy, t);
  t.deepEqual([plain.dimensions, plain.maxTokens], [6, 512]);
});

test("a tokenizer.json of null and a length that is none are refused", async (t) => {
  const copy = copyOf(staticFolder("normalised"), t);
  const config = JSON.parse(readFileSync(join(copy, "config.json"), "utf8"));
  writeFileSync(join(copy, "config.json"), JSON.stringify({ ...config, max_length: 0 }));
  await t.throwsAsync(open(copy, t), {
    instanceOf: ModelError,
    message: /config\.json: max_length is 0; expected a whole number from 1/,
  });
  writeFileSync(join(copy, "config.json"), JSON.stringify(config));
  writeFileSync(join(copy, "tokenizer.json"), "null");
  await t.throwsAsync(open(copy, t), {
    instanceOf: ModelError,
    message: /tokenizer\.json: is null; expected an object/,
  });
});

test("a table cut short, of another tokenizer or missing is refused", async (t) => {
  const copy = copyOf(staticFolder("normalised"), t);
  const weights = join(copy, "model.safetensors");
  truncateSync(weights, 500);
  await t.throwsAsync(open(copy, t), { instanceOf: ModelError, message: /cut short at tensor embeddings/ });
  truncateSync(weights, 5);
  await t.throwsAsync(open(copy, t), { instanceOf: ModelError, message: /cut short, or not a safetensors/ });
  rmSync(weights);
  await t.throwsAsync(open(copy, t), {
    instanceOf: ModelError,
    message: /model\.safetensors: no such file\. Fetch or export/,
  });

  const other = copyOf(staticFolder("normalised"), t);
  writeFileSync(
    join(other, "tokenizer.json"),
    readFileSync(join(staticFolder("wordpiece"), "tokenizer.json")),
  );
  await t.throwsAsync(open(other, t), {
    instanceOf: ModelError,
    message: /has rows for 41 pieces, but tokenizer\.json has 10/,
  });
});

test("a folder that does more than normalise is refused by what it does", async (t) => {
  await t.throwsAsync(openTable(staticFolder("adapted")), {
    instanceOf: ModelError,
    message: /does more with a vector than normalise it \(.*dense.*\)/i,
  });
});

test("a tokenizer that cuts texts is taken without that", async (t) => {
  const folder = staticFolder("truncated");
  t.truthy(JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8")).truncation);
  const { tokenizer } = await openTable(folder);
  t.is(JSON.parse(tokenizer).truncation, null);
});

for (const name of ["sentence-transformers", "truncated", "wordpiece", "normalised"])
  test(`${name}: a text's pieces are those that the folder written of it will use`, async (t) => {
    const { values, dimensions, tokenizer, piecesOf } = await openTable(staticFolder(name));
    const path = join(temporaryFolder(t), "copy");
    await writeStaticFolder(path, {
      rows: values.length / dimensions,
      dimensions,
      blocks: [values],
      tokenizer,
      tokenizerName: name,
      card: "",
    });
    const texts = ["the mill 日本 ☃", "grain", "river corn by the mill"];
    const vectors = await (await open(path, t)).encode(texts);
    for (const [i, pieces] of (await piecesOf(texts)).entries()) {
      const sum = new Float64Array(dimensions);
      for (const piece of pieces)
        for (let j = 0; j < dimensions; j++) sum[j] += values[piece * dimensions + j];
      const length = Math.hypot(...sum) || 1;
      t.true(sum.every((value, j) => Math.abs(value / length - vectors[i * dimensions + j]) < 1e-5));
    }
  });

function unpack(values: Float32Array, dimensions: number): Float32Array {
  const { bytes, scales } = packTable(values);
  const table = new PackedTable(bytes, scales, dimensions);
  const rows = values.length / dimensions;
  const sums = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) table.addRows([row], () => 1, sums.subarray(row * dimensions));
  return sums;
}

test("multiples of a power of two from −8 to 7 come back as they were, with the largest below zero or above", (t) => {
  const below = Float32Array.from({ length: 32 }, (_, i) => ((i % 16) - 8) / 4);
  const above = below.map((value) => 0 - value);
  t.deepEqual(unpack(below, 32), below);
  t.deepEqual(unpack(above, 32), above);
});

test("a block of zeros stays zeros beside another block of its row", (t) => {
  const values = new Float32Array(64);
  values.fill(-8, 32);
  t.deepEqual(unpack(values, 64), values);
});

test("evenly spread numbers lose no more than the rounding to sixteen steps", (t) => {
  const { data } = randomUnitVectors(50, 64, 3);
  const packed = unpack(data, 64);
  const error = Math.hypot(...packed.map((value, i) => value - data[i])) / Math.hypot(...data);
  // Numbers spread evenly over 16 steps are off by 1/√12 of a step: 1/8 · 1/√12 over 1/√3.
  t.true(error < (1 / 8 / Math.sqrt(12)) * Math.sqrt(3) * 1.2);
});

test("a row is added with its weight to what is there", (t) => {
  const table = new PackedTable(new Uint8Array(16).fill(0x9f), Uint16Array.of(toFloat16(0.5)), 32);
  const sums = new Float32Array(32).fill(10);
  table.addRows([0], () => 2, sums);
  // The low half of 0x9f is 15, less 8, times 0.5, twice: 7; the high half 9: 1.
  t.deepEqual([...sums.subarray(0, 2)], [17, 11]);
});
