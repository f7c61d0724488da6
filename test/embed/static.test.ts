import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { ModelError } from "../../src/errors.js";
import { copyOf, open, staticFolder } from "./folders.js";

const HALF = 5e-4;
const FOLDERS: [name: string, what: string, tolerance: number][] = [
  ["normalised", "Model2Vec's normalised table, at most 8 tokens", 1e-6],
  ["mapped", "Model2Vec's float16 table of 5 rows with weights and a mapping", HALF],
  ["wordpiece", "Model2Vec's int8 table over WordPiece", 1e-6],
  ["sentence-transformers", "sentence-transformers' StaticEmbedding and Normalize", 1e-6],
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
    message: /model\.safetensors: cannot be read/,
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
