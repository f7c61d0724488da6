import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { evaluateRetrieval, evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { evaluateParity } from "../../../src/jobs/evaluate/parity.js";
import { evaluateSearch } from "../../../src/jobs/evaluate/search.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { cacheVectors } from "../../../src/jobs/evaluate/vector-cache.js";
import { cosinesOfRows } from "../../../src/search/cosines-of-rows.js";
import type { Encoder } from "../../../src/types/encoder.js";
import { copyOf, editJson, staticFolder, TRANSFORMER } from "../../embed/folders.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";
import { tableEncoder } from "../table-encoder.js";

test("files of different lengths give both counts", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "x"), "a\nb\n");
  writeFileSync(join(folder, "y"), "A\n");
  await t.throwsAsync(evaluateXsim(join(folder, "x"), join(folder, "y")), {
    instanceOf: InputError,
    message: /x has 2 lines|x: has 2 lines, .*y has 1/,
  });
});

test("languages that the folder lacks are named, and no mean is invented for a list that is not whole", async (t) => {
  const folder = temporaryFolder(t);
  for (const side of ["deu", "eng"]) writeFileSync(join(folder, `tatoeba.deu-eng.${side}`), "eins\nzwei\n");
  await t.throwsAsync(evaluateTatoeba(folder, { languages: ["deu", "fra"] }), {
    instanceOf: OptionError,
    message: /has no texts for fra; it has deu/,
  });
  const { rows } = await evaluateTatoeba(folder, { encoder: tableEncoder({ eins: [1, 0], zwei: [0, 1] }) });
  t.deepEqual(
    rows.map(({ name }) => name),
    ["deu", "mean of all 1"],
  );
  mkdirSync(join(folder, "empty"));
  await t.throwsAsync(evaluateTatoeba(join(folder, "empty")), {
    instanceOf: InputError,
    message: /has no texts that are named by language/,
  });
});

test("a cache encodes a sentence once, also in another process's turn", async (t) => {
  const folder = temporaryFolder(t);
  let encoded = 0;
  const encoder: Encoder = {
    space: "a/b",
    dimensions: 2,
    encode: async (texts) => {
      encoded += texts.length;
      return Float32Array.from(texts.flatMap((text) => [text.length, 1]));
    },
  };
  const first = await cacheVectors(encoder, folder);
  t.deepEqual([...(await first.encode(["one", "three", "one"]))], [3, 1, 5, 1, 3, 1]);
  t.is(encoded, 2);
  await first.close!();
  const second = await cacheVectors(encoder, folder);
  t.deepEqual([...(await second.encode(["three", "four"]))], [5, 1, 4, 1]);
  t.is(encoded, 3);
  // Another space remembers nothing of the first.
  const other = await cacheVectors({ ...encoder, space: "c" }, folder);
  t.deepEqual([...(await other.encode(["one"]))], [3, 1]);
  t.is(encoded, 4);
  // One user of a space at a time, and what is no number is not remembered.
  await t.throwsAsync(cacheVectors({ ...encoder, space: "c" }, folder), { message: /is working there/ });
  const broken = await cacheVectors(
    { ...encoder, space: "d", encode: async () => Float32Array.of(Number.NaN, 1) },
    folder,
  );
  t.true(Number.isNaN((await broken.encode(["one"]))[0]));
  await broken.close!();
  const mended = await cacheVectors({ ...encoder, space: "d" }, folder);
  t.deepEqual([...(await mended.encode(["one"]))], [3, 1]);
});

test("exact search finds all its own neighbours, and a graph nearly all", async (t) => {
  const folder = temporaryFolder(t);
  const encoder = letterEncoder(32);
  const [de, en] = [join(folder, "de.npy"), join(folder, "en.npy")];
  await embedFile("samples/town.de", de, { encoder });
  await embedFile("samples/town.en", en, { encoder });
  const { rows, conditions } = await evaluateSearch(de, en, { queries: 100 });
  t.deepEqual(
    rows.map(({ name }) => name),
    ["exact", "hnsw"],
  );
  t.is(rows[0].figures["recall@4"].value, 1);
  t.true(rows[1].figures["recall@4"].value >= 0.98);
  t.like(conditions, { queries: 100, rows: 260 });
});

test("blank lines find nothing, on either side", async (t) => {
  const folder = temporaryFolder(t);
  for (const side of ["deu", "eng"]) writeFileSync(join(folder, `tatoeba.deu-eng.${side}`), "\neins\nzwei\n");
  const { rows } = await evaluateTatoeba(folder, { encoder: tableEncoder({ eins: [1, 0], zwei: [0, 1] }) });
  t.is(rows[0].figures["accuracy x→en"].value, 2 / 3);
  t.is(rows[0].figures["margin accuracy en→x"].value, 2 / 3);
});

const reference = JSON.parse(readFileSync("test/evaluate/reference.json", "utf8"));
const rows: Record<"x" | "y", number[][]> = reference;

/** Line i of a side is the text `x i` or `y i`, whose vector is row i of the reference's. */
const encoder: Encoder = {
  space: "reference",
  dimensions: 8,
  encode: async (texts) =>
    Float32Array.from(texts.flatMap((text) => rows[text[0] as "x" | "y"][Number(text.slice(2))])),
};
const lines = (side: string) => rows.x.map((_, i) => `${side} ${i}`);

const close = (value: number, expected: number) => Math.abs(value - expected) < 1e-6;

test("Tatoeba accuracy and xsim are those of the NumPy reference, both ways", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "tatoeba.xxx-eng.xxx"), lines("x").join("\n"));
  writeFileSync(join(folder, "tatoeba.xxx-eng.eng"), lines("y").join("\n"));
  const { rows: found, conditions } = await evaluateTatoeba(folder, { encoder });
  const { figures } = found[0];
  t.true(close(figures["accuracy x→en"].value, reference.accuracy.forward));
  t.true(close(figures["accuracy en→x"].value, reference.accuracy.backward));
  t.true(close(figures["xsim x→en"].value, reference.xsim.forward));
  t.true(close(figures["margin accuracy en→x"].value, 1 - reference.xsim.backward));
  const compared = await evaluateTatoeba(folder, { encoder, against: encoder });
  t.deepEqual(compared.rows[0].figures["gained x→en"], { value: 0, interval: { low: 0, high: 0 } });
  t.like(conditions, { encoder: "reference", margin: "ratio", k: 4, sentences: 40 });
});

test("xsim and retrieval are those of the NumPy reference", async (t) => {
  const folder = temporaryFolder(t);
  const [x, y] = [join(folder, "x.txt"), join(folder, "y.txt")];
  writeFileSync(x, lines("x").join("\n"));
  writeFileSync(y, lines("y").join("\n"));
  const xsim = await evaluateXsim(x, y, { encoder });
  t.true(close(xsim.rows[0].figures.xsim.value, reference.xsim.forward));
  t.true(close(xsim.rows[1].figures.xsim.value, reference.xsim.backward));
  const { figures } = (await evaluateRetrieval(x, y, { encoder })).rows[0];
  t.true(close(figures["recall@1"].value, reference.accuracy.forward));
  t.true(close(figures["recall@5"].value, reference["recall@5"]));
  t.true(close(figures.MRR.value, reference.mrr));
});

test("the best F1 is that of the NumPy reference", async (t) => {
  const folder = join(temporaryFolder(t), "sets");
  mkdirSync(folder);
  const stem = join(folder, "xx-yy.dev");
  writeFileSync(
    `${stem}.xx`,
    lines("x")
      .map((text, i) => `x${i}\t${text}`)
      .join("\n"),
  );
  writeFileSync(
    `${stem}.yy`,
    lines("y")
      .map((text, i) => `y${i}\t${text}`)
      .join("\n"),
  );
  writeFileSync(`${stem}.gold`, Array.from({ length: 30 }, (_, i) => `x${i}\ty${i}`).join("\n"));
  const task = { name: "xx", source: `${stem}.xx`, target: `${stem}.yy`, gold: `${stem}.gold` };
  const { rows: found } = await evaluateBucc([task], { encoder, retrievals: ["forward"] });
  t.true(close(found[0].figures["best F1"].value, reference.bestF1));
});

function writeText(folder: string, text: string): string {
  const path = join(folder, "text.txt");
  writeFileSync(path, text);
  return path;
}

test("parity gives the mean and the least cosine between two variants, and the line that is least alike", async (t) => {
  const text = writeText(temporaryFolder(t), "the mill\n\nriver\n");
  const { rows, conditions } = await evaluateParity(TRANSFORMER, TRANSFORMER, text, {
    variant: "model",
    otherVariant: "positions",
  });
  // Tokens 1 3 4 2 and 1 7 2 have means (2.5, 1) and (10/3, 1); their positions (1.5, 1) and (1, 1).
  const cosine = (x: number, y: number) => (x * y + 1) / Math.hypot(x, 1) / Math.hypot(y, 1);
  const [mill, river] = [cosine(2.5, 1.5), cosine(10 / 3, 1)];
  const { figures } = rows[0];
  t.true(Math.abs(figures["cosine mean"].value - (mill + river) / 2) < 1e-6);
  t.true(Math.abs(figures["cosine minimum"].value - river) < 1e-6);
  t.is(conditions["least alike"], "line 3");
  t.is(conditions.sentences, 2);
});

test("zeros in both do not count, zeros in one count as the cosine 0", async (t) => {
  const copy = copyOf(TRANSFORMER, t);
  // Without special tokens, what the normaliser drops gives no token at all.
  const clean = { type: "BertNormalizer", clean_text: true, handle_chinese_chars: false, lowercase: false };
  editJson(copy, "tokenizer.json", { post_processor: null, normalizer: { ...clean, strip_accents: null } });
  const text = writeText(temporaryFolder(t), "mill\n\u200b\nriver\n");
  const { rows, conditions } = await evaluateParity(copy, copy, text, { variant: "model" });
  t.is(rows[0].figures["cosine mean"].value, 1);
  t.deepEqual([conditions.sentences, conditions["without vectors"]], [3, 1]);
  t.deepEqual(
    [...cosinesOfRows(Float32Array.of(0, 0, 0, 0, 3, 4), Float32Array.of(0, 0, 1, 0, 4, 3), 2)],
    [Number.NaN, 0, 24 / 25],
  );
  const nothing = writeText(temporaryFolder(t), "\u200b\n");
  await t.throwsAsync(evaluateParity(copy, copy, nothing), {
    instanceOf: InputError,
    message: /has no sentence that both encoders give a vector/,
  });
});

test("a stream is read, and what either encoder cuts is told", async (t) => {
  const text = Readable.from([Buffer.from(`\n${"the ".repeat(9)}\nmill\n`)]);
  const warnings: string[] = [];
  const { conditions } = await evaluateParity(TRANSFORMER, TRANSFORMER, text, {
    variant: "model",
    otherVariant: "positions",
    onEvent: (event) => event.kind === "warning" && warnings.push(event.message),
  });
  t.is(warnings.length, 2);
  t.regex(warnings[0], /standard input, transformer-model-.*: 1 sentence is longer than the encoder takes/);
  t.is(conditions["least alike"], "line 3");
});

test("vectors of different sizes, encoders that are fitted and texts without a sentence are refused", async (t) => {
  const text = writeText(temporaryFolder(t), "the mill\n");
  await t.throwsAsync(evaluateParity(TRANSFORMER, staticFolder("normalised"), text), {
    instanceOf: OptionError,
    message: /vectors of 2 numbers, .* of 6/,
  });
  await t.throwsAsync(evaluateParity(TRANSFORMER, "ngram", text), {
    instanceOf: OptionError,
    message: /ngram.* is fitted/,
  });
  await t.throwsAsync(evaluateParity(TRANSFORMER, TRANSFORMER, writeText(temporaryFolder(t), "\n")), {
    instanceOf: InputError,
    message: /has no sentences/,
  });
});
