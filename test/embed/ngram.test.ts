import test from "ava";
import { hashFeatures } from "../../src/embed/ngram/features.js";
import { createNgramEncoder } from "../../src/embed/ngram/ngram.js";
import { openNgramTable } from "../../src/embed/ngram/ngram-table.js";
import { ModelError, OptionError } from "../../src/errors.js";

const cosine = (vectors: Float32Array, a: number, b: number, dimensions: number) => {
  let sum = 0;
  for (let i = 0; i < dimensions; i++) sum += vectors[a * dimensions + i] * vectors[b * dimensions + i];
  return sum;
};

test("a word of four letters and more also gives its 4- and 5-grams with marked ends", (t) => {
  // <fish>: fish, and <fis fish ish> <fish fish>
  t.is(hashFeatures("fish", 2 ** 30).length, 1 + 3 + 2);
  // Shorter words are whole.
  t.is(hashFeatures("the cat", 2 ** 30).length, 2);
});

test("features do not tell case and punctuation apart", (t) => {
  t.deepEqual(hashFeatures("“Fort Belisar!”", 1000), hashFeatures("fort belisar", 1000));
});

test("vectors have length 1, and a text without any feature is zero", async (t) => {
  const encoder = await createNgramEncoder({ dimensions: 64 }).fit!([["one two", "three"]]);
  const vectors = await encoder.encode(["one", "?!", "three two"]);
  t.true(Math.abs(cosine(vectors, 0, 0, 64) - 1) < 1e-6);
  t.is(cosine(vectors, 1, 1, 64), 0);
  t.true(Math.abs(cosine(vectors, 2, 2, 64) - 1) < 1e-6);
});

test("a rare word in common counts for more than a frequent one", async (t) => {
  const corpus = ["the Zephyrine sails", "the cat sleeps", "the dog barks", "the sun sets"];
  const encoder = await createNgramEncoder({ dimensions: 256 }).fit!([corpus]);
  const vectors = await encoder.encode(["the Zephyrine", "Zephyrine sails", "the cat"]);
  t.true(cosine(vectors, 0, 1, 256) > cosine(vectors, 0, 2, 256));
});

test("the same corpus and seed give the same vectors and space, another seed others", async (t) => {
  const corpus = [["a harbour", "un port"]];
  const [a, b, c] = await Promise.all([0, 0, 1].map((seed) => createNgramEncoder({ seed }).fit!(corpus)));
  const [va, vb, vc] = await Promise.all([a, b, c].map((encoder) => encoder.encode(["a harbour"])));
  t.deepEqual(va, vb);
  t.is(a.space, b.space);
  t.notDeepEqual(va, vc);
  t.not(a.space, c.space);
});

test("another corpus gives another space", async (t) => {
  const a = await createNgramEncoder().fit!([["one", "two"]]);
  const b = await createNgramEncoder().fit!([["one", "three"]]);
  t.not(a.space, b.space);
});

test("encoding before fitting is refused", async (t) => {
  await t.throwsAsync(createNgramEncoder().encode(["text"]), {
    instanceOf: ModelError,
    message: /call fit before/,
  });
});

test("options that only folders understand, and dimensions that are not whole, are wrong usage", (t) => {
  t.throws(() => createNgramEncoder({ promptName: "query", variant: "q4" }), {
    instanceOf: OptionError,
    message: /^promptName and variant: the ngram encoder has no tasks, prompts or/,
  });
  t.throws(() => createNgramEncoder({ dimensions: 2.5 }), {
    instanceOf: OptionError,
    message: /dimensions is 2\.5; expected a whole number from 1 to 4096/,
  });
});

test("a table's rows are weighed by a stream of texts, one held at a time", async (t) => {
  const table = openNgramTable(4, 0);
  async function* texts() {
    for (const text of [[7, 9], [7, 7], [8]]) {
      yield text;
      // What was given before is changed: whoever held it would count that.
      text.fill(100);
    }
  }
  await table.weigh(texts());
  // 0.05 · ln((texts + 1) / (texts with it + 1)), in each dimension.
  for (const [row, holders] of [
    [7, 2],
    [8, 1],
    [9, 1],
    [100, 0],
  ]) {
    const weight = Math.fround(0.05 * Math.log(4 / (holders + 1)));
    t.deepEqual(Array.from(table.values.subarray(4 * row, 4 * row + 4), Math.abs), Array(4).fill(weight));
  }
});
