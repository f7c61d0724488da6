import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { OptionError } from "../../../src/errors.js";
import type { MineOptions, ReadOptions } from "../../../src/index.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import { embedFile } from "../../../src/jobs/embed-file.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { evaluateParity } from "../../../src/jobs/evaluate/parity.js";
import { mine } from "../../../src/jobs/mine.js";
import { letterEncoder } from "../../jobs/letter-encoder.js";
import { temporaryFolder } from "../../temporary-folder.js";

const DE = "samples/town.de";
const EN = "samples/town.en";
const encoder = letterEncoder(8, "letters");

const refusedAs = (message: RegExp) => ({ instanceOf: OptionError, message });
const lines = () => Readable.from([Buffer.from("1\tone\n2\ttwo\n")]);

async function count(source: Parameters<typeof mine>[0], target: string, options: MineOptions) {
  let pairs = 0;
  for await (const _ of mine(source, target, { encoder, ...options })) pairs++;
  return pairs;
}

test("an option of reading that the formats of both sides lack is refused, with what they are read as", async (t) => {
  const mined = (read: ReadOptions) => count(DE, EN, { read });
  const bothText = "samples/town\\.de is read as text, and samples/town\\.en is read as text";
  for (const [read, formats] of [
    [{ column: 2 }, "tsv"],
    [{ idColumn: 1 }, "tsv"],
    [{ field: "text" }, "jsonl, json or parquet"],
    [{ idField: "url" }, "jsonl, json or parquet"],
  ] as const) {
    const message = new RegExp(
      `^${Object.keys(read)} goes with ${formats}, but ${bothText}\\. Name the right format`,
    );
    await t.throwsAsync(mined(read), refusedAs(message));
  }
  await t.throwsAsync(mined({ format: "bucc", column: 2 }), refusedAs(/town\.de is read as bucc/));
});

test("an option of reading that one of both sides has a use for is taken", async (t) => {
  const table = join(temporaryFolder(t), "de.tsv");
  writeFileSync(table, "1\tein Haus\n2\tzwei Hunde\n");
  t.true((await count(table, EN, { read: { column: 2 } })) > 0);
  t.true((await count(lines(), EN, { read: { format: "tsv", column: 2 }, readTarget: {} })) > 0);
});

test("a stream without a name is text, until its format is named", async (t) => {
  const message = /^column goes with tsv, but standard input is read as text\./;
  await t.throwsAsync(count(lines(), EN, { read: { column: 2 }, readTarget: {} }), refusedAs(message));
});

test("sentences that need no reading, and texts of vectors, leave nothing to options of reading", async (t) => {
  const vectors = join(temporaryFolder(t), "de.npy");
  await embedFile(DE, vectors, { encoder });
  const only = { readTarget: {} };
  await t.throwsAsync(
    count(["Haus"], EN, { read: { format: "tsv" }, ...only }),
    refusedAs(/^format goes with a text, but source is there already, a sentence each\. Leave it out\.$/),
  );
  await t.throwsAsync(
    count(vectors, EN, { read: { column: 1 }, ...only }),
    refusedAs(
      /^column goes with tsv, but the text of .*de\.npy is read as when it was embedded\. Leave it out\.$/,
    ),
  );
  t.true((await count(vectors, EN, { read: { onError: "skip" }, ...only })) > 0);
});

test("embed, criss, evaluate bucc and evaluate parity refuse the same", async (t) => {
  const folder = temporaryFolder(t);
  const read = { column: 2 };
  const message = refusedAs(/^column goes with tsv, but .*samples\/town\.de is read as/);
  await t.throwsAsync(embedFile(DE, join(folder, "de.npy"), { encoder, read }), message);
  const run = join(folder, "run");
  await t.throwsAsync(criss({ de: DE, en: EN }, { run, encoder: "ngram", read }).next(), message);
  const task = { name: "de-en", source: DE, target: EN, gold: "samples/town.de-en.gold" };
  await t.throwsAsync(evaluateBucc([task], { encoder, read }), message);
  await t.throwsAsync(evaluateParity("builtin", "builtin", DE, { read }), message);
});
