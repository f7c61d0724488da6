import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openEncoder } from "../../../src/embed/open-encoder.js";
import { pieceTexts } from "../../../src/embed/piece-texts.js";
import { openTable } from "../../../src/embed/static/open-table.js";
import { writeStaticFolder } from "../../../src/embed/static/write-static-folder.js";
import { ModelError, OptionError, OutputError } from "../../../src/errors.js";
import { distil } from "../../../src/jobs/distil/distil.js";
import { readTensors } from "../../../src/store/arrays/safetensors.js";
import { testShared } from "../../shared.js";
import { temporaryFolder } from "../../temporary-folder.js";

const E5 = "fixtures/encoders/e5";
const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const tableOf = async (folder: string) =>
  (await readTensors(join(folder, "model.safetensors"), ["embeddings"]))[0];

/** Rows of zeros are no pieces. */
const isFilled = (row: Float32Array | Float64Array) => row.some((value) => value !== 0);

function rowsOf(data: Float32Array, dimensions: number): Float64Array[] {
  return Array.from({ length: data.length / dimensions }, (_, row) =>
    Float64Array.from(data.subarray(row * dimensions, (row + 1) * dimensions)),
  );
}

function covarianceOf(rows: Float64Array[]): Float64Array[] {
  const covariance = rows[0].map(() => 0);
  return Array.from(covariance, (_, i) =>
    Float64Array.from(
      covariance,
      (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0) / rows.length,
    ),
  );
}

/** The pieces of an encoder that have a text, how much each counts, and its vector less the mean of all. */
async function teacherOf(folder: string) {
  const tokenizer = json(join(folder, "tokenizer.json"));
  const texts = pieceTexts(tokenizer);
  const filled = [...texts.keys()].filter((piece) => texts[piece] !== "");
  const encoder = await openEncoder(folder);
  const vectors = rowsOf(await encoder.encode(filled.map((piece) => texts[piece])), encoder.dimensions);
  await encoder.close?.();
  const mean = vectors[0].map((_, i) => vectors.reduce((sum, row) => sum + row[i], 0) / vectors.length);
  const weightOf = (piece: number) => 1e-4 / (1e-4 + Math.exp(tokenizer.model.vocab[piece][1]));
  return { filled, weightOf, centred: vectors.map((row) => row.map((value, i) => value - mean[i])) };
}

testShared("every number of the table follows the formula", E5, async (t, folder) => {
  const output = join(temporaryFolder(t), "static");
  const summary = await distil(folder, output);
  const { shape, data } = await tableOf(output);
  t.deepEqual([...shape], [225, 48]);
  t.is(summary.explained, 1);

  const { filled, weightOf, centred } = await teacherOf(folder);
  t.is(summary.withoutText, 225 - filled.length);
  const table = rowsOf(data, 48);
  t.deepEqual(
    [...table.keys()].filter((row) => isFilled(table[row])),
    filled,
  );
  const unweighted = filled.map((piece) => table[piece].map((value) => value / weightOf(piece)));
  // Turning and dividing: the columns are uncorrelated, and their variance is s² times the deviation σ along an axis.
  const columns = covarianceOf(unweighted);
  const deviations = columns.map((row, i) => row[i]);
  for (const [i, row] of columns.entries())
    for (const [j, value] of row.entries())
      t.true(i === j || Math.abs(value) < 1e-4 * Math.sqrt(deviations[i] * deviations[j]), `${i}, ${j}`);
  const squares = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value * value, 0);
  const total = covarianceOf(centred).reduce((sum, row, i) => sum + row[i], 0);
  const scale = Math.sqrt(squares(deviations) / total);
  // Turning leaves the inner products, once each column has its deviation again.
  for (const [a, b] of [
    [0, 0],
    [3, 100],
    [150, 7],
  ]) {
    const restored = unweighted[a].reduce(
      (sum, value, i) => sum + ((value * unweighted[b][i]) / scale) * (deviations[i] / scale),
      0,
    );
    const expected = centred[a].reduce((sum, value, i) => sum + value * centred[b][i], 0);
    t.true(Math.abs(restored - expected) < 1e-4);
  }
  const average = data.reduce((sum, value) => sum + value, 0) / data.length;
  t.true(Math.abs(Math.sqrt(squares(data) / data.length - average ** 2) - 0.1) < 1e-6);
});

testShared(
  "the folder opens as an encoder, with Model2Vec's and sentence-transformers' names",
  E5,
  async (t, folder) => {
    const output = join(temporaryFolder(t), "static");
    await distil(folder, output, { dimensions: 16 });
    const { tokenizer_name, hidden_dim, normalize, max_length } = json(join(output, "config.json"));
    t.deepEqual([tokenizer_name, hidden_dim, normalize, max_length], ["e5", 16, true, null]);
    t.is(json(join(output, "modules.json"))[0].type, "sentence_transformers.models.StaticEmbedding");
    t.deepEqual(readFileSync(join(output, "tokenizer.json")), readFileSync(join(folder, "tokenizer.json")));

    const encoder = await openEncoder(output);
    const { data } = await tableOf(output);
    const vocab: [string, number][] = json(join(folder, "tokenizer.json")).model.vocab;
    const piece = vocab.findIndex(([name]) => name === "▁in");
    const row = data.subarray(piece * 16, (piece + 1) * 16);
    const length = Math.hypot(...row);
    const vector = await encoder.encode(["in"]);
    t.true(vector.every((value, i) => Math.abs(value - row[i] / length) < 1e-6));
  },
);

testShared("the same inputs give the same bytes", E5, async (t, folder) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, "two", "static"), { recursive: true });
  mkdirSync(join(root, "one"));
  for (const place of ["one", "two"])
    await distil(folder, join(root, place, "static"), { threads: place === "one" ? 1 : 2 });
  const files = readdirSync(join(root, "one", "static"), { recursive: true, withFileTypes: true }).filter(
    (file) => file.isFile(),
  );
  t.is(files.length, 7);
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    t.deepEqual(readFileSync(path), readFileSync(path.replace(join(root, "one"), join(root, "two"))), name);
  }
  t.deepEqual(readdirSync(join(root, "two")), ["static"]);
});

testShared("a place that is taken is refused before anything is opened", E5, async (t, folder) => {
  const root = temporaryFolder(t);
  writeFileSync(join(root, "file"), "");
  await t.throwsAsync(distil("no/such/encoder", root), {
    instanceOf: OptionError,
    message: /is not empty; expected a new/,
  });
  await t.throwsAsync(distil(folder, join(root, "file")), { instanceOf: OptionError, message: /is a file/ });
  await t.throwsAsync(distil(folder, join(root, "no", "static")), {
    instanceOf: OutputError,
    message: /does not exist/,
  });
  t.deepEqual(readdirSync(root), ["file"]);
});

testShared("what cannot be distilled so is refused in a sentence", "fixtures/encoders", async (t, folder) => {
  const root = temporaryFolder(t);
  const output = join(root, "static");
  const refuse = (
    name: string,
    options: object,
    message: RegExp,
    instanceOf: typeof OptionError | typeof ModelError = OptionError,
  ) => t.throwsAsync(distil(name, output, options), { instanceOf, message });
  const e5 = join(folder, "e5");
  const texts = ["samples/town.en"];
  await refuse(e5, { dimensions: 49 }, /dimensions is 49, but the vectors of .*e5 have 48/);
  await refuse(e5, { vocabulary: 10 }, /no texts are given/);
  await refuse(e5, { texts, vocabulary: 0 }, /vocabulary is 0; expected a whole number/);
  await refuse(
    join(folder, "bert-mean"),
    { texts, vocabulary: 10 },
    /is a WordPiece tokenizer; vocabulary cuts Unigram/,
  );
  await refuse("ngram", {}, /has no pieces to distil/, ModelError);
  t.deepEqual(readdirSync(root), []);
});

testShared(
  "with texts, pieces count by their use there",
  "fixtures/encoders/bert-mean",
  async (t, folder) => {
    const root = temporaryFolder(t);
    writeFileSync(join(root, "text"), `${"the ".repeat(1000)}\n`);
    await distil(folder, join(root, "plain"));
    await distil(folder, join(root, "counted"), { texts: [join(root, "text")] });
    const { vocab } = json(join(folder, "tokenizer.json")).model;
    const lengthOf = async (place: string, name: string) => {
      const { data } = await tableOf(join(root, place));
      return Math.hypot(...data.subarray(vocab[name] * 48, (vocab[name] + 1) * 48));
    };
    // Of 1,488 uses, one added a piece with text, "the" has 1,001 and "$" 1; of Zipf's law "$" has the first share.
    const ofCount = (count: number) => 1e-4 / (1e-4 + count / 1488);
    const ofRank = (rank: number) => {
      const sum = Array.from({ length: 488 }, (_, i) => 1 / (i + 2)).reduce((a, b) => a + b);
      return 1e-4 / (1e-4 + 1 / (rank + 1) / sum);
    };
    const ratio = async (place: string) => (await lengthOf(place, "the")) / (await lengthOf(place, "$"));
    const change = ((await ratio("counted")) / (await ratio("plain"))) * (ofRank(vocab.the - 4) / ofRank(1));
    t.true(Math.abs(change / (ofCount(1001) / ofCount(1)) - 1) < 1e-4);
  },
);

testShared(
  "a vocabulary keeps the pieces most used, numbered anew, and the tokenizer goes with it",
  E5,
  async (t, folder) => {
    const output = join(temporaryFolder(t), "static");
    const { pieces } = await distil(folder, output, { texts: ["samples/town.en"], vocabulary: 60 });
    t.is(pieces, 65);
    const { model, added_tokens, post_processor } = json(join(output, "tokenizer.json"));
    const whole: [string, number][] = json(join(folder, "tokenizer.json")).model.vocab;
    t.is(model.vocab.length, 65);
    t.is(model.vocab[model.unk_id][0], "<unk>");
    for (const { id, content } of added_tokens) t.is(model.vocab[id][0], content);
    t.is(model.vocab[post_processor.special_tokens["</s>"].ids[0]][0], "</s>");
    // Their scores and their order are the old ones.
    const old = model.vocab.map(([name]: [string]) => whole.findIndex(([other]) => other === name));
    t.deepEqual(
      old,
      old.toSorted((a: number, b: number) => a - b),
    );
    t.deepEqual(
      model.vocab,
      old.map((piece: number) => whole[piece]),
    );

    const encoder = await openEncoder(output);
    const { data } = await tableOf(output);
    const place = model.vocab.findIndex(([name]: [string]) => name === "▁in") * 48;
    const [vector, row] = [await encoder.encode(["in"]), data.subarray(place, place + 48)];
    t.true(vector.every((value, i) => Math.abs(value - row[i] / Math.hypot(...row)) < 1e-6));
  },
);

testShared("a distillation that was interrupted goes on at its last whole window", E5, async (t, folder) => {
  const root = temporaryFolder(t);
  const large = join(root, "large");
  cpSync(folder, large, { recursive: true });
  const tokenizer = json(join(folder, "tokenizer.json"));
  // So improbable that no text has them: the model does not know them.
  for (let i = 0; i < 3000; i++) tokenizer.model.vocab.push([`the town of ${i}`, -1000]);
  writeFileSync(join(large, "tokenizer.json"), JSON.stringify(tokenizer));
  await distil(large, join(root, "whole"));

  const stop = new AbortController();
  const output = join(root, "static");
  const embedded = () => {
    const part = readdirSync(root).find((name) => name.endsWith(".part"));
    return part ? statSync(join(root, part)).size : 0;
  };
  const interrupted = distil(large, output, {
    signal: stop.signal,
    onEvent: () => embedded() > 2048 * 48 * 4 && stop.abort(new Error("killed")),
  });
  await t.throwsAsync(interrupted, { message: "killed" });
  t.false(existsSync(output));
  const { kept } = await distil(large, output);
  t.is(kept, 2048);
  for (const file of ["model.safetensors", "tokenizer.json"])
    t.deepEqual(readFileSync(join(output, file)), readFileSync(join(root, "whole", file)));
  t.deepEqual(readdirSync(root).sort(), ["large", "static", "whole"]);
});

testShared("what this project wrote at four bits can be distilled again", E5, async (t, folder) => {
  const root = temporaryFolder(t);
  const [wide, packed, again] = ["wide", "packed", "again"].map((name) => join(root, name));
  await distil(folder, wide, { dimensions: 32 });
  const { values, dimensions, tokenizer } = await openTable(wide);
  const table = { rows: values.length / dimensions, dimensions, blocks: [values], tokenizer };
  await writeStaticFolder(packed, { ...table, type: "int4", tokenizerName: "e5", card: "" });
  t.true(existsSync(join(packed, "tokenizer.json.gz")));
  t.is((await distil(packed, again)).pieces, 225);
  t.is(readFileSync(join(again, "tokenizer.json"), "utf8"), tokenizer);
});

testShared("a text that is missing is named, not the output", E5, async (t, folder) => {
  const root = temporaryFolder(t);
  const text = join(root, "no.txt");
  await t.throwsAsync(distil(folder, join(root, "static"), { texts: [text] }), {
    message: /^[^:]*no\.txt: /,
  });
});
