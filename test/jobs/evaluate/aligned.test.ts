import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { Encoder } from "../../../src/index.js";
import { embedFile } from "../../../src/jobs/embed-file.js";
import { evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateSearch } from "../../../src/jobs/evaluate/search.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { cacheVectors } from "../../../src/jobs/evaluate/vector-cache.js";
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
