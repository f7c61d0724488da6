import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import test from "ava";
import { extract as extractInCode } from "../../src/jobs/extract/extract.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { recordId, writeDump, writeTextDump } from "../dump.js";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const PROGRAM = "dist/cli/crisscross.js";

/** A thread of its own for each of these small files would cost more than reading them. */
const EXTRACT = ["extract", "--threads", "1"];

const townLines = (language: string) =>
  readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");

/** A page of five sentences of the town, a paragraph each. */
function townPage(language: string, number: number) {
  const lines = townLines(language).slice(5 * number, 5 * number + 5);
  return { url: `https://${language}.example/${number}`, id: number, lines };
}

/** Two dumps: German pages 0 to 3 and English ones 4 to 7; and the same with the second page of each once more. */
function writeDumps(folder: string): string[] {
  const pages = [0, 1, 2, 3].map((n) => townPage("de", n));
  const others = [4, 5, 6, 7].map((n) => townPage("en", n));
  const html = (lines: string[]) =>
    `<html><body>${lines.map((line) => `<p>${line}</p>`).join("")}</body></html>`;
  const dump = [...pages, ...others].map((page) => ({ ...page, html: html(page.lines) }));
  const text = [pages[1], others[1]].map((page) => ({ ...page, text: page.lines.join("\n") }));
  const paths = [join(folder, "a.warc.gz"), join(folder, "b.warc.wet.gz")];
  writeFileSync(paths[0], writeDump(dump));
  writeFileSync(paths[1], writeTextDump(text));
  return paths;
}

interface Row {
  text: string;
  language: string;
  score: number;
  url: string;
  id: string;
  file: string;
  offset: number;
  block: number;
  sentence: number;
}

async function readRows(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readSentences(path, { format: "text" }))
    rows.push(...batch.map(({ text }) => JSON.parse(text)));
  return rows;
}

test("each sentence tells its page, its record and where it stands there; the offset is that of the record", async (t) => {
  const folder = temporaryFolder(t);
  const [dump] = writeDumps(folder);
  const output = join(folder, "out");
  const { code, stdout, stderr } = await crisscross([
    ...EXTRACT,
    dump,
    "--languages",
    "deu,en",
    "-o",
    output,
  ]);
  t.deepEqual([code, stdout], [0, ""]);
  t.regex(stderr, /^1 file\n17 records · 8 kept · 9 not a page\n40 paragraphs/);
  t.deepEqual(readdirSync(output), ["de.jsonl.zst", "en.jsonl.zst", "files", "manifest.json", "stats.json"]);
  const rows = await readRows(join(output, "de.jsonl.zst"));
  t.true(rows.length >= 18);
  for (const row of rows) {
    const [page, block] = [Number(row.url.split("/").at(-1)), row.block];
    t.is(row.text, townPage("de", page).lines[block - 1]);
    t.like(row, { language: "de", id: recordId(page), file: dump, sentence: 1 });
    const record = gunzipSync(readFileSync(dump).subarray(row.offset)).toString();
    t.true(record.includes(`WARC-Record-ID: <urn:uuid:${row.id}>`) && record.indexOf(row.id) < 200);
    t.true(row.score >= 0.5 && row.score <= 1);
  }
});

test("tsv and txt, gz and plain, hold the same sentences in the same order", async (t) => {
  const folder = temporaryFolder(t);
  const dumps = writeDumps(folder);
  const extract = async (name: string, ...argv: string[]) => {
    const { code } = await crisscross([
      ...EXTRACT,
      ...dumps,
      "--languages",
      "de",
      ...argv,
      "-o",
      join(folder, name),
    ]);
    t.is(code, 0);
  };
  await extract("jsonl");
  await extract("tsv", "--output-format", "tsv", "--compression", "gz");
  await extract("txt", "--output-format", "txt", "--compression", "none", "--shard-size", "1K");
  const rows = await readRows(join(folder, "jsonl", "de.jsonl.zst"));
  const tsv = gunzipSync(readFileSync(join(folder, "tsv", "de.tsv.gz"))).toString();
  t.is(tsv, rows.map((row) => `${Object.values(row).join("\t")}\n`).join(""));
  const shards = readdirSync(join(folder, "txt")).filter((name) => name.startsWith("de-"));
  t.true(shards.length > 1);
  const txt = shards.map((name) => readFileSync(join(folder, "txt", name), "utf8"));
  t.true(txt.every((text) => text.length <= 1024));
  t.is(txt.join(""), rows.map(({ text }) => `${text}\n`).join(""));
});

test("a text that comes again is left out; near-duplicate pages too, on request", async (t) => {
  const folder = temporaryFolder(t);
  const dumps = writeDumps(folder);
  const stats = async (...argv: string[]) => {
    const output = join(folder, `out${argv.length}`);
    await crisscross([...EXTRACT, ...dumps, "--languages", "de,en", ...argv, "-o", output]);
    return JSON.parse(readFileSync(join(output, "stats.json"), "utf8"));
  };
  const plain = await stats();
  const near = await stats("--near-duplicates", "0.8");
  t.is(plain.nearDuplicateDocuments, 0);
  t.is(near.nearDuplicateDocuments, 2);
  for (const language of ["de", "en"]) {
    const { sentences, duplicates, written } = plain.languages[language];
    t.true(duplicates > 0 && written === sentences - duplicates);
    t.like(near.languages[language], { sentences, duplicates: 0, nearDuplicates: duplicates, written });
  }
  t.like(plain.records, { read: 19, kept: 10 });
});

test("files, their folder, a list of them, and more threads give the same bytes", async (t) => {
  const folder = temporaryFolder(t);
  const dumps = writeDumps(folder);
  const list = join(folder, "paths.gz");
  writeFileSync(list, gzipSync(dumps.join("\n")));
  const hashes: Record<string, Record<string, string>> = {};
  const runs: [name: string, ...argv: string[]][] = [
    ["files", ...dumps],
    ["folder", folder],
    ["list", "--files-from", list],
    ["threads", ...dumps, "--threads", "3"],
  ];
  for (const [name, ...argv] of runs) {
    const output = join(temporaryFolder(t), name);
    t.is((await crisscross([...EXTRACT, ...argv, "-o", output])).code, 0);
    hashes[name] = hashRunFiles(output);
  }
  for (const name of Object.keys(hashes)) t.deepEqual(hashes[name], hashes.files, name);
});

test("an output folder within an input is not read, whatever either is called", async (t) => {
  const folder = temporaryFolder(t);
  const [dumps, link] = [join(folder, "dumps"), join(folder, "link")];
  mkdirSync(dumps);
  writeDumps(dumps);
  symlinkSync(dumps, link);
  const output = join(link, "out");
  const texts = ["--output-format", "txt", "--compression", "none"];
  t.is((await crisscross([...EXTRACT, ...texts, dumps, "-o", output])).code, 0);
  symlinkSync(join(output, "de.txt"), join(dumps, "z.txt"));
  const files = hashRunFiles(output);
  const { code, stderr } = await crisscross([...EXTRACT, ...texts, dumps, "-o", output]);
  t.is(code, 0, stderr);
  t.regex(stderr, /^sentences: done before, kept/);
  t.deepEqual(hashRunFiles(output), files);
});

test("standard input gives the sentences of a file, and its copy does not stay", async (t) => {
  const folder = temporaryFolder(t);
  const records = '{"text":"Die Mühle steht seit drei Jahren still.","url":"https://a.example/"}\n';
  const output = join(folder, "out");
  const { code } = await crisscross([...EXTRACT, "-", "-o", output], records);
  t.is(code, 0);
  t.like((await readRows(join(output, "de.jsonl.zst")))[0], { file: "standard input", offset: 1 });
  t.false(readdirSync(output).some((name) => name.includes("spool")));
  const again = await crisscross([...EXTRACT, "-", "-o", output], records);
  t.regex(again.stderr, /^sentences: done before, kept/);
});

test("what is done is kept; what changed is told, and only that is done again", async (t) => {
  const folder = temporaryFolder(t);
  const [a, b] = writeDumps(folder);
  const output = join(folder, "out");
  const extract = (...argv: string[]) => crisscross([...EXTRACT, ...argv, "-o", output]);
  const fresh = async (...argv: string[]) => {
    const other = join(temporaryFolder(t), "out");
    await crisscross([...EXTRACT, ...argv, "-o", other]);
    return hashRunFiles(other);
  };
  await extract(a);
  t.regex((await extract(a)).stderr, /^sentences: done before, kept\n1 file/);

  const more = await extract(a, b);
  t.regex(
    more.stderr,
    /^sentences: done again: inputs was 1 file, .{9} and is 2 files, .{9}\n1 of 2 files were read before/,
  );
  t.deepEqual(hashRunFiles(output), await fresh(a, b));

  const german = await extract(a, b, "--languages", "de", "--force");
  t.regex(german.stderr, /languages was not given and is \["de"\]/);
  t.notRegex(german.stderr, /read before/);
  t.deepEqual(hashRunFiles(output), await fresh(a, b, "--languages", "de"));

  const shards = await extract(a, b, "--languages", "de", "--shard-size", "1K");
  t.regex(shards.stderr, /shardSize was not given and is 1024\n2 of 2 files were read before/);
  t.deepEqual(hashRunFiles(output), await fresh(a, b, "--languages", "de", "--shard-size", "1K"));

  utimesSync(b, new Date(0), new Date(0));
  t.regex(
    (await extract(a, b, "--languages", "de", "--shard-size", "1K")).stderr,
    /1 of 2 files were read before/,
  );

  truncateSync(join(output, "de-00001.jsonl.zst"), 10);
  const mended = await extract(a, b, "--languages", "de", "--shard-size", "1K");
  t.regex(mended.stderr, /de-00001\.jsonl\.zst: has 10 bytes, but had \d+ when it was written/);
  t.deepEqual(hashRunFiles(output), await fresh(a, b, "--languages", "de", "--shard-size", "1K"));

  await extract(a, "--languages", "de", "--clean");
  t.deepEqual(readdirSync(output), ["de.jsonl.zst", "manifest.json", "stats.json"]);
});

test("a file that could not be read is tried again, and the others do not wait for it", async (t) => {
  const folder = temporaryFolder(t);
  const [a, b] = writeDumps(folder);
  const output = join(folder, "out");
  const gone = join(folder, "gone.warc.gz");
  const first = await crisscross([...EXTRACT, a, gone, "-o", output]);
  t.is(first.code, 1);
  t.regex(first.stderr, /^crisscross: skipped: .*gone\.warc\.gz: no such file\.\n2 files · 1 unreadable\n/);
  t.notRegex(first.stderr, /broken/);
  t.regex(
    first.stderr,
    /\ncrisscross: .*gone\.warc\.gz: could not be read, or not to its end; all else is written\.\n$/,
  );
  cpSync(b, gone);
  const second = await crisscross([...EXTRACT, a, gone, "-o", output]);
  t.is(second.code, 0);
  t.regex(second.stderr, /1 of 2 files were read before\n2 files\n/);

  const stopped = await crisscross([
    ...EXTRACT,
    a,
    "no-such.warc",
    "--on-error",
    "stop",
    "-o",
    join(folder, "stop"),
  ]);
  t.deepEqual([stopped.code, stopped.stderr], [1, "crisscross: no-such.warc: no such file.\n"]);
});

test("the pages of an extraction are the columns of mine", async (t) => {
  const folder = temporaryFolder(t);
  const [dump] = writeDumps(folder);
  const output = join(folder, "out");
  await crisscross([...EXTRACT, dump, "--languages", "de,en", "-o", output]);
  const sides = ["de", "en"].map((language) => join(output, `${language}.jsonl.zst`));
  const { stdout } = await crisscross([
    "mine",
    ...sides,
    "--encoder",
    "ngram",
    "--columns",
    "url,block",
    "--k",
    "2",
  ]);
  t.regex(stdout, /^\d\.\d+\t[^\t]+\t[^\t]+\thttps:\/\/de\.example\/\d\thttps:\/\/en\.example\/\d\t\d\t\d\n/);
});

const failures: [what: string, argv: string[], message: RegExp][] = [
  ["nothing to read", ["-o", "x"], /There is nothing to read/],
  ["no output", ["a.warc"], /required option '-o, --output <folder>' not specified/],
  ["an unknown language", ["a.warc", "--languages", "de,xyz", "-o", "x"], /xyz/],
  [
    "a score that is no probability",
    ["a.warc", "--min-language-score", "2", "-o", "x"],
    /--min-language-score is 2; expected a number from 0 to 1/,
  ],
  [
    "an unknown format",
    ["a.warc", "--format", "pdf", "-o", "x"],
    /Allowed choices are warc, jsonl, json, text/,
  ],
  [
    "an unknown compression",
    ["a.warc", "--compression", "xz", "-o", "x"],
    /Allowed choices are zst, gz, none/,
  ],
  ["standard input twice", ["-", "--files-from", "-", "-o", "x"], /Standard input is given twice/],
];

for (const [what, argv, message] of failures) {
  test(`${what} is one sentence and exit code 2`, async (t) => {
    const folder = temporaryFolder(t);
    const words = argv.map((word) => (word === "x" ? join(folder, "out") : word));
    const { code, stdout, stderr } = await crisscross([...EXTRACT, ...words]);
    t.deepEqual([code, stdout], [2, ""], stderr);
    t.regex(stderr, message);
    t.notRegex(stderr, /\n\s+at /);
  });
}

test("the folder of another job is refused, either way", async (t) => {
  const folder = temporaryFolder(t);
  const [dump] = writeDumps(folder);
  const output = join(folder, "out");
  await crisscross([...EXTRACT, dump, "-o", output]);
  const towns = ["samples/town.de", "samples/town.en", "--encoder", "ngram", "--dimensions", "16"];
  const mined = await crisscross(["mine", ...towns, "--run", output]);
  t.regex(mined.stderr, /out: is the folder of extract, not of mine/);
  await crisscross(["mine", ...towns, "--run", join(folder, "run")]);
  const extracted = await crisscross([...EXTRACT, dump, "-o", join(folder, "run")]);
  t.regex(extracted.stderr, /run: is the folder of mine, not of extract/);
});

test("SIGTERM gives exit code 143 and leaves nothing half-written; two cannot work in one folder", async (t) => {
  const folder = temporaryFolder(t);
  const [dump] = writeDumps(folder);
  const output = join(folder, "out");
  const waiting = spawn(process.execPath, [PROGRAM, "extract", dump, "-", "-o", output]);
  const exit = once(waiting, "exit");
  await new Promise((resolve) => waiting.stdin.write("Ein Satz.\n".repeat(50_000), resolve));
  const { code, stderr } = await crisscross([...EXTRACT, dump, "-o", output]);
  t.is(code, 1);
  t.regex(stderr, new RegExp(`process ${waiting.pid} on .* is working there`));
  waiting.kill("SIGTERM");
  t.deepEqual(await exit, [143, null]);
  t.false(existsSync(output));
});

test("an output that is a file, and a similarity that says nothing, are each told in a sentence", async (t) => {
  const folder = temporaryFolder(t);
  const [file, output] = [join(folder, "file"), join(folder, "out")];
  writeFileSync(file, "mine\n");
  const taken = await crisscross([...EXTRACT, file, "-o", file]);
  t.is(taken.code, 1);
  t.is(taken.stderr, `crisscross: ${file}: is a file; expected a folder, or a name that is not taken.\n`);
  const none = await crisscross([...EXTRACT, file, "-o", output, "--near-duplicates", "0"]);
  t.is(none.code, 2);
  t.regex(none.stderr, /--near-duplicates is 0; expected a similarity above 0 and at most 1\.\n$/);
  t.false(existsSync(output));
});

test("languages of an earlier run go only if that is asked for, and are named before anything goes", async (t) => {
  const folder = temporaryFolder(t);
  const [a, b] = writeDumps(folder);
  const output = join(folder, "out");
  const extract = (...argv: string[]) => crisscross([...EXTRACT, ...argv, "-o", output]);
  await extract(a, b, "--languages", "de,en");
  const before = hashRunFiles(output);

  const refused = await extract(a, b, "--languages", "en,ru");
  t.is(refused.code, 2);
  t.regex(
    refused.stderr,
    /out: holds sentences of one language that this run does not write, and whose files would go: de\. .* give --force/,
  );
  t.deepEqual(hashRunFiles(output), before);
  await t.throwsAsync(extractInCode([a, b], output, { languages: ["en"] }), { message: /force: true/ });

  // Of all languages only what is found tells which ones go.
  const english = join(folder, "english.txt");
  writeFileSync(english, "The mill has stood still for three years, says the old miller.\n");
  const found = await extract(english);
  t.is(found.code, 2);
  t.regex(found.stderr, /would go: de\./);
  t.like(hashRunFiles(output), before);

  const forced = await extract(a, b, "--languages", "en,ru", "--force");
  t.is(forced.code, 0);
  t.regex(forced.stderr, /the files of one language go, which this run does not write: de/);
  t.false(existsSync(join(output, "de.jsonl.zst")));
  t.true(existsSync(join(output, "en.jsonl.zst")));
});

test("another form of the same languages needs no leave", async (t) => {
  const folder = temporaryFolder(t);
  const [a, b] = writeDumps(folder);
  const output = join(folder, "out");
  for (const form of [[], ["--output-format", "tsv"], ["--shard-size", "1K"], ["--compression", "gz"]])
    t.is((await crisscross([...EXTRACT, a, b, ...form, "-o", output])).code, 0, form.join(" "));
});
