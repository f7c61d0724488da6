import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError, OutputError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import type { MineOptions } from "../../../src/jobs/mine.js";
import { mine as mineTexts } from "../../../src/jobs/mine.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { writePairs } from "../../../src/write/write-pairs.js";
import { dropChecksums } from "../../before-checksums.js";
import { fillDiskAt } from "../../full-disk.js";
import { letterEncoder } from "../../jobs/letter-encoder.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

const [DE, EN, FR] = ["de", "en", "fr"].map((language) => `samples/town.${language}`);

async function tsv(pairs: AsyncIterable<ScoredPair>): Promise<string> {
  const stream = new PassThrough();
  const printed = text(stream);
  await writePairs(pairs, stream, { columns: ["line", "cosine", "rank"] });
  stream.end();
  return printed;
}

/** Every file of a folder but the manifest, by name. */
function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name !== "manifest.json");
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

/** The vectors of ngram depend on the seed, and it opens at once. */
const NGRAM = { encoder: "ngram", dimensions: 32 } as const;

const mine: typeof mineTexts = (source, target, options) =>
  mineTexts(source, target, { encoder: letterEncoder(32), threads: 1, ...options });

async function mineInto(run: string, options: MineOptions = {}, source: string | Readable = DE) {
  const stages: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "stage" && stages.push(`${event.what} ${event.stage}`);
  return { output: await tsv(mine(source, EN, { ...options, run, onEvent })), stages };
}

test("a run in a folder gives what a run in memory gives, and once more without doing anything again", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const inMemory = await tsv(mine(DE, EN));
  const first = await mineInto(run);
  t.is(first.output, inMemory);
  const files = filesOf(run);
  const second = await mineInto(run);
  t.is(second.output, inMemory);
  t.deepEqual(second.stages, ["kept source", "kept target", "kept candidates"]);
  t.deepEqual(filesOf(run), files);
});

test("a disk that is full when a run's counts are written is one sentence", async (t) => {
  const run = join(temporaryFolder(t), "run");
  fillDiskAt(join(run, "stats.json"));
  await t.throwsAsync(mineInto(run), {
    instanceOf: OutputError,
    message: /run: the disk is full\. .* run again\.$/,
  });
});

test("a changed option redoes only what it touches", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await mineInto(run, NGRAM);
  t.deepEqual((await mineInto(run, { ...NGRAM, margin: "distance" })).stages, [
    "kept source",
    "kept target",
    "kept candidates",
  ]);
  t.deepEqual((await mineInto(run, { ...NGRAM, k: 8 })).stages, [
    "kept source",
    "kept target",
    "remade candidates",
    "kept source vectors",
    "kept target vectors",
  ]);
  t.deepEqual((await mineInto(run, { ...NGRAM, k: 8, seed: 1 })).stages, [
    "kept source",
    "kept target",
    "remade candidates",
    "remade source vectors",
    "remade target vectors",
  ]);
});

test("a changed input is noticed", async (t) => {
  const folder = temporaryFolder(t);
  const run = join(folder, "run");
  const path = join(folder, "town.de");
  cpSync(DE, path);
  await mineInto(run, {}, path);
  writeFileSync(path, `${readFileSync(DE, "utf8")}Ein Satz mehr.\n`);
  const { stages, output } = await mineInto(run, {}, path);
  t.deepEqual(stages.slice(0, 3), ["remade source", "kept target", "remade candidates"]);
  t.is(output, await tsv(mine(path, EN)));
});

test("standard input gives the same files as a file, and its copy is gone at the end", async (t) => {
  const folder = temporaryFolder(t);
  await mineInto(join(folder, "file"));
  await mineInto(join(folder, "stream"), {}, Readable.from([readFileSync(DE)]));
  t.deepEqual(filesOf(join(folder, "stream")), filesOf(join(folder, "file")));
});

test("the copy of standard input is removed when the run fails", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await t.throwsAsync(mineInto(run, {}, Readable.from([Buffer.from("a\xff\n", "latin1")])), {
    instanceOf: InputError,
  });
  t.false(existsSync(run));
});

for (const threads of [2, 4]) {
  test(`${threads} threads give the same files as one`, async (t) => {
    const folder = temporaryFolder(t);
    await mineInto(join(folder, "one"), { threads: 1 });
    await mineInto(join(folder, "more"), { threads });
    t.deepEqual(filesOf(join(folder, "more")), filesOf(join(folder, "one")));
  });
}

test("ivf gives the same files with 1 thread and 3, and keeps its centroids", async (t) => {
  const folder = temporaryFolder(t);
  const options = { index: "ivf", searchEffort: 8 } as const;
  await mineInto(join(folder, "one"), { ...options, threads: 1 });
  const { stages } = await mineInto(join(folder, "more"), { ...options, threads: 3 });
  t.true(stages.includes("made centroids"));
  t.deepEqual(filesOf(join(folder, "more")), filesOf(join(folder, "one")));
  const again = await mineInto(join(folder, "one"), { ...options, k: 3 });
  t.true(again.stages.includes("kept centroids"));
});

for (const index of ["exact", "ivf"] as const) {
  test(`${index} gives the same files with the least memory that works`, async (t) => {
    const folder = temporaryFolder(t);
    const searchEffort = index === "ivf" ? 8 : undefined;
    const options = { index, searchEffort, encoder: letterEncoder(2048), guard: "copies" } as const;
    await mineInto(join(folder, "all"), options);
    const { message } = await t.throwsAsync(tsv(mine(DE, EN, { ...options, memory: 1 })), {
      instanceOf: OptionError,
    });
    const least = Number(/the least that works is (\d+) MiB/.exec(message)![1]);
    const notes: string[] = [];
    const onEvent = (event: JobEvent) => event.kind === "note" && notes.push(event.message);
    await tsv(mine(DE, EN, { ...options, memory: least * 2 ** 20, run: join(folder, "least"), onEvent }));
    t.regex(notes[0], new RegExp(`^plan: ${index}.* · 260 × 260 × 2048 · vectors read from disk`));
    t.deepEqual(filesOf(join(folder, "least")), filesOf(join(folder, "all")));
  });
}

test("with a budget and no run folder, a temporary one is gone at the end", async (t) => {
  const TMPDIR = temporaryFolder(t);
  const argv = [
    "dist/cli/crisscross.js",
    "mine",
    DE,
    EN,
    "--encoder",
    "ngram",
    "--dimensions",
    "32",
    "--memory",
    "256M",
    "--quiet",
  ];
  const columns = ["--columns", "line,cosine,rank"];
  const options = { env: { ...process.env, TMPDIR }, encoding: "utf8" } as const;
  t.is(execFileSync(process.execPath, [...argv, ...columns], options), await tsv(mine(DE, EN, NGRAM)));
  t.deepEqual(
    readdirSync(TMPDIR).filter((name) => name.startsWith("crisscross-")),
    [],
  );
});

test("select at ten thresholds gives what mine gives at the same ten", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await mineInto(run);
  // Margins of letters are from 0.97 to 1.02.
  for (let i = 0; i < 10; i++) {
    const threshold = 0.975 + i / 200;
    t.is(await tsv(selectRun(run, { threshold })), await tsv(mine(DE, EN, { threshold })), String(threshold));
  }
});

test("select takes another margin and retrieval, and else what the run was mined with", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await mineInto(run, { margin: "distance", threshold: 0.3 });
  t.is(await tsv(selectRun(run)), await tsv(mine(DE, EN, { margin: "distance" })));
  const other = { margin: "absolute", retrieval: "union" } as const;
  t.is(await tsv(selectRun(run, other)), await tsv(mine(DE, EN, other)));
});

test("select names a folder that is not there, not a run, or not searched yet", async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(tsv(selectRun(join(folder, "no"))), {
    instanceOf: InputError,
    message: /: no such folder\./,
  });
  await t.throwsAsync(tsv(selectRun(folder)), { message: /is not a run folder/ });
  mkdirSync(join(folder, "begun"));
  writeFileSync(join(folder, "begun", "manifest.json"), '{"format":1,"stages":{}}');
  await t.throwsAsync(tsv(selectRun(join(folder, "begun"))), { message: /has no up-to-date search results/ });
});

test("--clean drops vectors; select goes on, and so does the same run", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { output } = await mineInto(run, { clean: true });
  t.deepEqual(
    readdirSync(run).filter((name) => /^(source|target)\.(npy|hnsw)/.test(name)),
    [],
  );
  t.is(await tsv(selectRun(run)), output);
  t.deepEqual((await mineInto(run)).stages, ["kept source", "kept target", "kept candidates"]);
});

for (const options of [
  { index: "hnsw", searchEffort: 300 },
  { index: "usearch", searchEffort: 300 },
  { index: "usearch", searchEffort: 300, indexType: "i8" },
] as const) {
  const { index } = options;
  const name = Object.values(options).join(" ");

  test(`${name} finds the samples' best pairs, keeps its graphs, and gives the same files again`, async (t) => {
    const folder = temporaryFolder(t);
    const first = await mineInto(join(folder, "a"), options);
    const best = (output: string) =>
      output
        .split("\n")
        .slice(0, 100)
        .map((line) => line.split("\t")[1]);
    const exact = best(await tsv(mine(DE, EN)));
    t.true(best(first.output).filter((text) => exact.includes(text)).length >= 95);
    await mineInto(join(folder, "b"), { ...options, threads: 1 });
    t.deepEqual(filesOf(join(folder, "b")), filesOf(join(folder, "a")));
    const { stages } = await mineInto(join(folder, "a"), { ...options, k: 3 });
    t.true(stages.includes("kept source index") && stages.includes("kept target index"));
  });

  test(`${name}: an index or a file that cannot be read is made again, and the reason told`, async (t) => {
    const run = join(temporaryFolder(t), "run");
    const { output } = await mineInto(run, options);
    const files = filesOf(run);
    const [whole, empty] = [join(run, `source.${index}`), join(run, `target.${index}`)];
    writeFileSync(whole, readFileSync(whole).subarray(0, 20_000));
    writeFileSync(empty, "no index");
    rmSync(join(run, "candidates.cosine.npy"));
    const again = await mineInto(run, options);
    t.is(again.output, output);
    for (const stage of ["candidates", "source index", "target index"])
      t.true(again.stages.includes(`remade ${stage}`), stage);
    t.deepEqual(filesOf(run), files);
  });

  test(`${name}: --clean drops its graphs`, async (t) => {
    const run = join(temporaryFolder(t), "run");
    await mineInto(run, { ...options, clean: true });
    t.false(readdirSync(run).some((file) => file.includes(index)));
  });
}

test("select never pairs old neighbours with other sentences", async (t) => {
  const folder = temporaryFolder(t);
  const [run, path] = [join(folder, "run"), join(folder, "town.de")];
  cpSync(DE, path);
  await mineInto(run, {}, path);
  writeFileSync(path, readFileSync(DE, "utf8").trimEnd().split("\n").reverse().join("\n"));
  const stop = new AbortController();
  const interrupted = mine(path, EN, {
    run,
    signal: stop.signal,
    onEvent: (event) =>
      event.kind === "stage" && event.stage === "candidates" && stop.abort(new Error("killed")),
  });
  await t.throwsAsync(tsv(interrupted), { message: "killed" });
  await t.throwsAsync(tsv(selectRun(run)), {
    instanceOf: InputError,
    message: /has no up-to-date search results/,
  });
});

test("a run that is cut off after a new search leaves no counts and no choices of the one before", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await mineInto(run, { margin: "distance" });
  for await (const _ of mine(DE, EN, { run, k: 8 })) break;
  t.false(existsSync(join(run, "stats.json")));
  t.is(await tsv(selectRun(run)), await tsv(mine(DE, EN, { k: 8 })));
});

test("a run that is cut off before anything changed keeps the counts and choices that it has", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { output } = await mineInto(run, { margin: "distance" });
  const files = filesOf(run);
  for await (const _ of mine(DE, EN, { run })) break;
  t.deepEqual(filesOf(run), files);
  t.is(await tsv(selectRun(run)), output);
});

test("a side that has become empty leaves no counts of the run before", async (t) => {
  const folder = temporaryFolder(t);
  const [run, path] = [join(folder, "run"), join(folder, "town.de")];
  cpSync(DE, path);
  await mineInto(run, {}, path);
  writeFileSync(path, "");
  await mineInto(run, {}, path);
  t.false(existsSync(join(run, "stats.json")));
});

test("select names what is missing, also in a run that keeps no checksums", async (t) => {
  const run = join(temporaryFolder(t), "run");
  await mineInto(run);
  rmSync(join(run, "source.json"));
  await t.throwsAsync(tsv(selectRun(run)), {
    instanceOf: InputError,
    message: /source\.json: is missing\. Run the command that made it again/,
  });
  dropChecksums(run);
  await t.throwsAsync(tsv(selectRun(run)), {
    instanceOf: InputError,
    message: /a file of this run is missing or damaged/,
  });
  await t.throwsAsync(tsv(selectRun("README.md")), {
    instanceOf: InputError,
    message: /README\.md: is a file; expected a folder/,
  });
});

test("what was mined with second choices can be selected without", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { output } = await mineInto(run, { secondChoice: true });
  t.is(await tsv(selectRun(run)), output);
  t.is(
    await tsv(selectRun(run, { retrieval: "forward" })),
    await tsv(mine(DE, EN, { retrieval: "forward" })),
  );
});

test("a text with a line break inside is not taken for two texts", async (t) => {
  const folder = temporaryFolder(t);
  const run = join(folder, "run");
  const path = join(folder, "text.jsonl");
  writeFileSync(path, '{"text":"eins\\nzwei"}\n{"text":"drei"}\n');
  await mineInto(run, {}, path);
  writeFileSync(path, '{"text":"eins"}\n{"text":"zwei"}\n{"text":"drei"}\n');
  const { stages } = await mineInto(run, {}, path);
  t.true(stages.includes("remade source vectors"));
});

async function pairsOf(source: string, target: string, options: MineOptions = {}): Promise<ScoredPair[]> {
  const pairs: ScoredPair[] = [];
  for await (const pair of mineTexts(source, target, options)) pairs.push(pair);
  return pairs;
}

const told = (pairs: ScoredPair[]) =>
  pairs.map(({ score, source, target }) => [score, source.text, target.text].join("\t"));

/** A run of a text with blank lines and a sentence twice, so that rows are not lines. */
async function runIn(t: ExecutionContext, encoder = letterEncoder()) {
  const folder = temporaryFolder(t);
  const [path, run] = [join(folder, "town.de"), join(folder, "run")];
  const lines = readFileSync(DE, "utf8").trimEnd().split("\n");
  writeFileSync(path, `\n${lines[0]}\n${lines.join("\n\n")}\n`);
  const pairs = await pairsOf(path, EN, { encoder, run });
  return { path, run, pairs, vectors: [join(run, "source.npy"), join(run, "target.npy")] as const };
}

test("a run's own vectors give the pairs that they gave before; lines are those of the run's text", async (t) => {
  const { run, pairs, vectors } = await runIn(t);
  const again = await pairsOf(...vectors);
  t.deepEqual(told(again), told(pairs));
  const sentences = readFileSync(join(run, "source.txt"), "utf8").split("\n");
  for (const { source } of again) t.deepEqual(source.lines, [sentences.indexOf(source.text) + 1]);
});

test("one side of a run is mined with another language, and is not embedded again", async (t) => {
  const { path, vectors } = await runIn(t);
  const encoder = letterEncoder();
  const found = told(await pairsOf(vectors[0], FR, { encoder }));
  t.is(encoder.encoded, 260);
  t.deepEqual(found, told(await pairsOf(path, FR, { encoder: letterEncoder() })));
});

test("a shard of a run's own vectors can be searched", async (t) => {
  const { vectors } = await runIn(t);
  const { rows } = await searchTile(...vectors, join(temporaryFolder(t), "part"));
  t.deepEqual(rows, { source: 260, target: 260 });
});

test("vectors that are not of the sentences beside them are refused", async (t) => {
  const { run, vectors } = await runIn(t);
  dropChecksums(run);
  for (const name of ["source.json", "source.txt", "source.txt.offsets.npy", "source.places.npy"])
    cpSync(join(run, name.replace("source", "target")), join(run, name));
  await t.throwsAsync(pairsOf(...vectors), {
    instanceOf: InputError,
    message: /source\.npy: does not belong to the sentences in .*source\.txt\. Run mine there to its end/,
  });
});

test("a run does not read what it would replace, and stays as it is", async (t) => {
  const { run, vectors } = await runIn(t);
  const before = hashRunFiles(run);
  const elsewhere = temporaryFolder(t);
  const [folder, file, hard] = ["folder", "file.txt", "hard.txt"].map((name) => join(elsewhere, name));
  symlinkSync(run, folder);
  symlinkSync(join(run, "source.txt"), file);
  linkSync(join(run, "source.txt"), hard);
  for (const own of [vectors[0], join(run, "target.txt"), join(folder, "source.txt"), file, hard])
    await t.throwsAsync(pairsOf(own, EN, { run: `${run}/` }), {
      instanceOf: OptionError,
      message: /belongs to the run in .*, which would replace it\. Name another run folder/,
    });
  t.deepEqual(hashRunFiles(run), before);
});
