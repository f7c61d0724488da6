import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { InputError, OptionError, OutputError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { mine } from "../../../src/jobs/mine.js";
import { readNpy } from "../../../src/store/arrays/npy-file.js";
import { sumFile } from "../../../src/store/files/checksum.js";
import { textsOfLines } from "../../../src/store/hashes/known-lines.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";
import { tableEncoder } from "../table-encoder.js";

async function pairsOf(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const all: ScoredPair[] = [];
  for await (const pair of pairs) all.push(pair);
  return all;
}

test("embedFile gives one row a line, and zeros for a blank one", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "a.npy");
  const encoder = letterEncoder(4);
  const summary = await embedFile(Readable.from([Buffer.from("ab\n\n  \nba")]), output, { encoder });
  t.is(summary.rows, 4);
  // a and b are the codes 97 and 98: 1 and 2 modulo 4.
  const half = Math.fround(Math.SQRT1_2);
  t.deepEqual([...readNpy(output)], [0, half, half, 0, ...Array(8).fill(0), 0, half, half, 0]);
  const { sentences, distinct, hash, sums, checksum, ...info } = JSON.parse(
    readFileSync(`${output}.json`, "utf8"),
  );
  t.deepEqual(info, { space: "letters-4", dimensions: 4, rows: 4, mean: [0, half, half, 0] });
  t.deepEqual([...textsOfLines(sentences)], [0, -1, -1, 1]);
  t.deepEqual([distinct.sums.counts, distinct.zeros], [[2], []]);
  t.is(hash, createHash("sha256").update(readFileSync(output)).digest("hex"));
  t.deepEqual(sums, { bytes: 2 ** 20, xxh64: [(await sumFile(output)).xxh64] });
  t.regex(checksum, /^[0-9a-f]{16}$/);
});

test("the description of vectors replaces nothing but an earlier one", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "a.npy");
  writeFileSync(`${output}.json`, '{"notes":"mine"}');
  const embed = (from = "samples/town.en") => embedFile(from, output, { encoder: letterEncoder(4) });
  await t.throwsAsync(embed(), {
    instanceOf: OptionError,
    message: /a\.npy\.json: is no file that crisscross left/,
  });
  t.is(readFileSync(`${output}.json`, "utf8"), '{"notes":"mine"}');
  await t.throwsAsync(embed(`${output}.json`), { instanceOf: OptionError, message: /is also an input/ });
  t.deepEqual(readdirSync(folder), ["a.npy.json"]);
});

for (const [type, bytes, least] of [
  ["float16", 2, 0.9999],
  ["int8", 1, 0.999],
] as const) {
  test(`${type} takes ${bytes} bytes a number and tells what that costs`, async (t) => {
    const output = join(temporaryFolder(t), "a.npy");
    const { rows, leastCosine } = await embedFile("samples/town.en", output, {
      encoder: letterEncoder(),
      type,
    });
    t.is(readFileSync(output).length, 128 + rows * 16 * bytes);
    t.true(leastCosine > least && leastCosine < 1);
  });
}

test("mine takes files of vectors in place of text and encoder", async (t) => {
  const folder = temporaryFolder(t);
  const encoder = letterEncoder();
  const [de, en] = [join(folder, "de.npy"), join(folder, "en.npy")];
  await embedFile("samples/town.de", de, { encoder });
  await embedFile("samples/town.en", en, { encoder });
  t.deepEqual(
    await pairsOf(mine(de, en)),
    await pairsOf(mine("samples/town.de", "samples/town.en", { encoder })),
  );
  t.deepEqual(
    await pairsOf(mine(de, en, { centre: true })),
    await pairsOf(mine("samples/town.de", "samples/town.en", { encoder, centre: true })),
  );
});

test("vectors of two encoders are refused", async (t) => {
  const folder = temporaryFolder(t);
  const [de, en] = [join(folder, "de.npy"), join(folder, "en.npy")];
  await embedFile("samples/town.de", de, { encoder: letterEncoder(16, "one") });
  await embedFile("samples/town.en", en, { encoder: letterEncoder(16, "other") });
  await t.throwsAsync(pairsOf(mine(de, en)), {
    instanceOf: OptionError,
    message: /The source's vectors are of one, the target's of other: they cannot be compared/,
  });
});

test("what says how texts become vectors is refused where both sides have theirs", async (t) => {
  const folder = temporaryFolder(t);
  const [de, en] = [join(folder, "de.npy"), join(folder, "en.npy")];
  const encoder = letterEncoder();
  await embedFile("samples/town.de", de, { encoder });
  await embedFile("samples/town.en", en, { encoder });
  for (const [name, value] of Object.entries({ encoder: "ngram", dimensions: 4, promptName: "query" }))
    await t.throwsAsync(pairsOf(mine(de, en, { [name]: value })), {
      instanceOf: OptionError,
      message: new RegExp(`^${name}: both sides are files of vectors`),
    });
});

test("one file of vectors of another encoder is refused before the other side is embedded", async (t) => {
  const de = join(temporaryFolder(t), "de.npy");
  await embedFile("samples/town.de", de, { encoder: letterEncoder(4) });
  const encoder = {
    ...letterEncoder(),
    encode: () => Promise.reject(new Error("embedded nevertheless")),
  };
  await t.throwsAsync(pairsOf(mine(de, "samples/town.en", { encoder })), {
    instanceOf: OptionError,
    message: /vectors are of letters-4, the target's of letters-16: they cannot be compared/,
  });
});

test("a run over a file of vectors remembers the prompt that they were made with", async (t) => {
  const folder = temporaryFolder(t);
  const de = join(folder, "de.npy");
  const encoder = { ...letterEncoder(), prompts: { source: "query: ", target: "passage: " } };
  await embedFile("samples/town.de", de, { encoder });
  const run = join(folder, "run");
  await pairsOf(mine(de, "samples/town.en", { encoder, run }));
  const promptOf = (side: string) => JSON.parse(readFileSync(join(run, `${side}.npy.json`), "utf8")).prompt;
  t.deepEqual([promptOf("source"), promptOf("target")], ["query: ", "passage: "]);
});

test("a text that changed since it was embedded, is gone, or was a stream, is named", async (t) => {
  const folder = temporaryFolder(t);
  const [text, vectors] = [join(folder, "town.de"), join(folder, "de.npy")];
  cpSync("samples/town.de", text);
  await embedFile(text, vectors, { encoder: letterEncoder() });
  writeFileSync(text, `${readFileSync(text, "utf8")}Noch ein Satz.\n`);
  await t.throwsAsync(pairsOf(mine(vectors, vectors)), {
    instanceOf: InputError,
    message: /town\.de: is no longer the text that .*de\.npy was embedded from/,
  });

  await embedFile(Readable.from([Buffer.from("one\n")]), vectors, { encoder: letterEncoder() });
  await t.throwsAsync(pairsOf(mine(vectors, vectors)), { message: /was embedded from standard input/ });
});

test("a description that tells of other rows gives both counts", async (t) => {
  const vectors = join(temporaryFolder(t), "de.npy");
  await embedFile("samples/town.de", vectors, { encoder: letterEncoder() });
  const { checksum: _, ...info } = JSON.parse(readFileSync(`${vectors}.json`, "utf8"));
  writeFileSync(`${vectors}.json`, JSON.stringify({ ...info, rows: 261 }));
  await t.throwsAsync(pairsOf(mine(vectors, vectors)), {
    instanceOf: InputError,
    message: /holds 260 × 16 numbers, but its description says 261 × 16/,
  });
  writeFileSync(`${vectors}.json`, "{");
  await t.throwsAsync(pairsOf(mine(vectors, vectors)), {
    message: /de\.npy\.json: is not a description of vectors/,
  });
});

test("vectors without a row for every line give both counts", async (t) => {
  const folder = temporaryFolder(t);
  const vectors = join(folder, "de.npy");
  await embedFile("samples/town.de", vectors, { encoder: letterEncoder() });
  await embedFile("samples/town.en", join(folder, "one.npy"), {
    encoder: letterEncoder(),
    read: { format: "text" },
  });
  const one = Readable.from([Buffer.from("one\ntwo\n")]);
  await embedFile(one, join(folder, "two.npy"), { encoder: letterEncoder() });
  // The two rows of one text, with the description of another.
  cpSync(join(folder, "two.npy"), vectors);
  const { checksum: _, hash: __, ...info } = JSON.parse(readFileSync(`${vectors}.json`, "utf8"));
  writeFileSync(`${vectors}.json`, JSON.stringify({ ...info, rows: 2 }));
  await t.throwsAsync(pairsOf(mine(vectors, vectors)), {
    instanceOf: InputError,
    message: /de\.npy: has 2 rows, but .*town\.de has 260 lines/,
  });
});

test("an embedding that was interrupted goes on at its last whole window", async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, "long.txt");
  writeFileSync(text, Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(""));
  const whole = join(folder, "whole.npy");
  await embedFile(text, whole, { encoder: letterEncoder() });

  const output = join(folder, "cut.npy");
  const stop = new AbortController();
  const interrupted = embedFile(text, output, {
    encoder: letterEncoder(),
    signal: stop.signal,
    onEvent: (event) => event.kind === "progress" && event.done >= 4096 && stop.abort(new Error("killed")),
  });
  await t.throwsAsync(interrupted, { message: "killed" });
  t.false(existsSync(output));

  const encoder = letterEncoder();
  const { kept } = await embedFile(text, output, { encoder });
  t.is(kept, 4096);
  t.is(encoder.encoded, 5000 - 4096);
  t.deepEqual(readFileSync(output), readFileSync(whole));
  t.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".part")),
    [],
  );
});

test("an encoder that must be fitted on both sides cannot embed one", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  await t.throwsAsync(embedFile("samples/town.de", output, { encoder: "ngram" }), {
    instanceOf: OptionError,
    message: /is fitted to both sides together/,
  });
});

test("vectors are read as the text was read when they were made", async (t) => {
  const folder = temporaryFolder(t);
  const [text, vectors] = [join(folder, "ids.txt"), join(folder, "ids.npy")];
  const lines = readFileSync("samples/town.de", "utf8").trimEnd().split("\n");
  writeFileSync(text, lines.map((line, i) => `de-${i}\t${line}\n`).join(""));
  await embedFile(text, vectors, { encoder: letterEncoder(), read: { format: "bucc" } });
  const [pair] = await pairsOf(mine(vectors, vectors, { read: { format: undefined } }));
  t.regex(pair.source.ids[0], /^de-\d+$/);
});

test("how the other side is read says nothing of the text of vectors", async (t) => {
  const folder = temporaryFolder(t);
  const [de, en] = [join(folder, "de.npy"), join(folder, "en.tsv")];
  const encoder = letterEncoder();
  await embedFile("samples/town.de", de, { encoder });
  const lines = readFileSync("samples/town.en", "utf8").trimEnd().split("\n");
  writeFileSync(en, lines.map((line, i) => `${i}\t${line}\n`).join(""));
  const [pair] = await pairsOf(mine(de, en, { encoder, read: { format: "tsv", column: 2 } }));
  t.true(readFileSync("samples/town.de", "utf8").split("\n").includes(pair.source.text));
  t.true(lines.includes(pair.target.text));
});

test("vectors that are stored coarsely, or are not of length 1, give cosines of at most 1", async (t) => {
  const vectors = join(temporaryFolder(t), "de.npy");
  await embedFile("samples/town.de", vectors, { encoder: letterEncoder(), type: "int8" });
  for (const { cosine } of await pairsOf(mine(vectors, vectors))) t.true(cosine <= 1.000001);
});

test("a line whose vector is not finite is a row of zeros where it is skipped, told and counted, else an error", async (t) => {
  const folder = temporaryFolder(t);
  const [text, vectors] = [join(folder, "a.txt"), join(folder, "a.npy")];
  writeFileSync(text, "eins\nbad\ndrei\n");
  const encoder = tableEncoder({ eins: [1, 0], bad: [Number.NaN, 0], drei: [0, 1] });
  const events: JobEvent[] = [];
  const onEvent = (event: JobEvent) => events.push(event);
  const { rows, skipped } = await embedFile(text, vectors, { encoder, read: { onError: "skip" }, onEvent });
  t.deepEqual([rows, skipped], [3, 1]);
  const told = events.flatMap((event) => (event.kind === "skipped" ? [event.error.message] : []));
  t.is(told.length, 1);
  t.regex(told[0], /a\.txt, line 2: .*NaN/);
  t.is((await pairsOf(mine(vectors, vectors))).length, 2);
  await t.throwsAsync(embedFile(text, join(folder, "b.npy"), { encoder }), { message: /line 2: .*NaN/ });
});

test("lines left out for errors are rows of zeros, told and counted", async (t) => {
  const folder = temporaryFolder(t);
  const [text, vectors] = [join(folder, "a.jsonl"), join(folder, "a.npy")];
  writeFileSync(text, '{"text":"eins"}\n\n{"broken\n{"text":"drei"}\n');
  const events: JobEvent[] = [];
  const { rows, skipped } = await embedFile(text, vectors, {
    encoder: letterEncoder(4),
    read: { onError: "skip" },
    onEvent: (event) => events.push(event),
  });
  t.deepEqual([rows, skipped], [4, 1]);
  t.is(events.filter(({ kind }) => kind === "skipped").length, 1);
  t.is((await pairsOf(mine(vectors, vectors))).length, 2);
});

test("a device or a folder is no place for vectors, and a missing folder is told at once", async (t) => {
  const folder = temporaryFolder(t);
  const embedInto = (output: string) => embedFile("samples/town.de", output, { encoder: letterEncoder() });
  await t.throwsAsync(embedInto("/dev/null"), { instanceOf: OutputError, message: /is a device or a pipe/ });
  await t.throwsAsync(embedInto(folder), { instanceOf: OutputError, message: /is a folder/ });
  await t.throwsAsync(embedInto(join(folder, "no", "a.npy")), {
    instanceOf: OutputError,
    message: /does not exist/,
  });
});

test("embedding a stream that fails leaves nothing", async (t) => {
  const folder = temporaryFolder(t);
  const broken = Readable.from([Buffer.from("a\xff\n", "latin1")]);
  await t.throwsAsync(embedFile(broken, join(folder, "a.npy"), { encoder: letterEncoder() }), {
    instanceOf: InputError,
  });
  t.deepEqual(readdirSync(folder), []);
});

test("a text that was moved is given beside its vectors; another one is refused by its name", async (t) => {
  const folder = temporaryFolder(t);
  const [text, moved, vectors] = [join(folder, "town.de"), join(folder, "moved.de"), join(folder, "de.npy")];
  cpSync("samples/town.de", text);
  await embedFile(text, vectors, { encoder: letterEncoder() });
  const before = await pairsOf(mine(vectors, vectors));
  renameSync(text, moved);
  await t.throwsAsync(pairsOf(mine(vectors, vectors)), {
    instanceOf: InputError,
    message: /town\.de: the text that .*de\.npy was embedded from is gone\. Say where it is with sourceText/,
  });
  t.deepEqual(await pairsOf(mine(vectors, vectors, { sourceText: moved, targetText: moved })), before);
  await t.throwsAsync(pairsOf(mine(vectors, vectors, { sourceText: "samples/town.en", targetText: moved })), {
    instanceOf: InputError,
    message: /town\.en: is not the text that .*de\.npy was embedded from/,
  });
  await t.throwsAsync(pairsOf(mine(vectors, vectors, { sourceText: "nowhere.de", targetText: moved })), {
    instanceOf: InputError,
    message: /nowhere\.de: no such file/,
  });
  await t.throwsAsync(pairsOf(mine(vectors, moved, { encoder: letterEncoder(), targetText: moved })), {
    instanceOf: OptionError,
    message: /targetText tells where the text of vectors lies, but the target is a text itself/,
  });
  const read = { format: "tsv" } as const;
  await t.throwsAsync(pairsOf(mine(vectors, vectors, { sourceText: moved, targetText: moved, read })), {
    instanceOf: OptionError,
    message: /format goes with a text, but the text of .*de\.npy is read as when it was embedded/,
  });
});

test("vectors of a stream take the text that is given, read as is said, if it has their lines", async (t) => {
  const folder = temporaryFolder(t);
  const [vectors, text] = [join(folder, "de.npy"), join(folder, "de.tsv")];
  const encoder = letterEncoder();
  await embedFile(Readable.from([Buffer.from("one\n\ntwo\none\n")]), vectors, { encoder });
  writeFileSync(text, "1\tone\n2\t\n3\ttwo\n4\tone\n");
  const options = { sourceText: text, targetText: text, read: { column: 2 } };
  t.deepEqual(
    (await pairsOf(mine(vectors, vectors, options))).map(({ source }) => [source.text, source.lines]),
    [
      ["one", [1, 4]],
      ["two", [3]],
    ],
  );
  for (const other of ["1\tone\n2\t\n3\tthree\n4\tone\n", "1\tone\n"]) {
    writeFileSync(text, other);
    await t.throwsAsync(pairsOf(mine(vectors, vectors, options)), { instanceOf: InputError });
  }
});
