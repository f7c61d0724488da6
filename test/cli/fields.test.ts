import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

/** The town's sentences as JSON lines, each with the page that it stands on; the first one stands on two. */
function writeSides(folder: string): string[] {
  return ["de", "en"].map((language) => {
    const texts = readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");
    const path = join(folder, `${language}.jsonl`);
    const records = [...texts, texts[0]].map((text, i) => ({ text, url: `http://${language}/${i + 1}` }));
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return path;
  });
}

const NGRAM = ["--encoder", "ngram", "--dimensions", "16"];
const COLUMNS = [...NGRAM, "--columns", "line,url"];

test("a field of the texts tells where each sentence of a pair stands, all places of a text alike", async (t) => {
  const sides = writeSides(temporaryFolder(t));
  const { code, stdout } = await crisscross(["mine", ...sides, ...COLUMNS]);
  t.is(code, 0);
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t").slice(3));
  t.true(rows.some(([sourceLine]) => sourceLine === "1,261"));
  for (const [sourceLines, targetLines, sourceUrls, targetUrls] of rows) {
    t.is(sourceUrls, urls("de", sourceLines));
    t.is(targetUrls, urls("en", targetLines));
  }
});

const urls = (language: string, lines: string) =>
  lines
    .split(",")
    .map((line) => `http://${language}/${line}`)
    .join(" ");

test("a run folder keeps the fields for select, and fields asked for later need no search", async (t) => {
  const folder = temporaryFolder(t);
  const sides = writeSides(folder);
  const run = join(folder, "run");
  const { stdout: expected } = await crisscross(["mine", ...sides, ...COLUMNS]);
  await crisscross(["mine", ...sides, "--encoder", "ngram", "--dimensions", "16", "--run", run]);
  const { stderr } = await crisscross(["mine", ...sides, ...COLUMNS, "--run", run]);
  t.regex(stderr, /source: done again: read: fields was not given and is \["url"\]/);
  t.regex(stderr, /candidates: done before, kept/);
  t.is(readFileSync(join(run, "pairs.tsv"), "utf8"), expected);
  const selected = await crisscross(["select", run, "--columns", "line,url"]);
  t.is(selected.stdout, expected);

  const unknown = await crisscross(["select", run, "--columns", "file"]);
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /--columns names "file"; expected one of id, line, cosine, rank, margin, url/);
});

test("merge keeps the fields that select writes, where tiles were searched", async (t) => {
  const folder = temporaryFolder(t);
  const sides = writeSides(folder);
  const { stdout: expected } = await crisscross(["mine", ...sides, "--columns", "line,url"]);
  const [tile, run] = [join(folder, "tile"), join(folder, "run")];
  for (const side of sides) await crisscross(["embed", side, "-o", `${side}.npy`]);
  await crisscross(["search", ...sides.map((side) => `${side}.npy`), "-o", tile]);
  await crisscross(["merge", tile, "--columns", "line,url", "-o", run]);
  const { code, stdout } = await crisscross(["select", run, "--columns", "line,url"]);
  t.is(code, 0);
  t.is(stdout, expected);

  const partial = await crisscross(["merge", tile, "--partial", "--columns", "url", "-o", `${run}-partial`]);
  t.is(partial.code, 2);
  t.regex(partial.stderr, /--columns is given, but --partial needs no text/);
  const limited = await crisscross(["merge", tile, "--partial", "--memory", "1G", "-o", `${run}-partial`]);
  t.is(limited.code, 2);
  t.regex(limited.stderr, /--memory is given, but --partial holds 8,192 rows at once/);
});

test("near-duplicates that a sentence stands for give their fields, too", async (t) => {
  const sides = writeSides(temporaryFolder(t));
  const argv = ["mine", ...sides, ...COLUMNS, "--collapse-near-duplicates", "0.5", "--index", "exact"];
  const { stdout } = await crisscross(argv);
  const counts = stdout
    .trimEnd()
    .split("\n")
    .map((row) => {
      const [lines, , urls] = row.split("\t").slice(3);
      return [lines.split(",").length, urls.split(" ").length];
    });
  t.true(counts.some(([lines]) => lines > 1));
  t.true(counts.every(([lines, urls]) => lines === urls));
});

test("a side of plain text has empty fields; a field that no record has is one sentence", async (t) => {
  const [de] = writeSides(temporaryFolder(t));
  const sides = [de, "samples/town.en"];
  const { stdout } = await crisscross(["mine", ...sides, ...COLUMNS]);
  t.regex(stdout, /\thttp:\/\/de\/\d+\t\n/);
  const unknown = await crisscross(["mine", ...sides, ...NGRAM, "--columns", "ulr"]);
  t.is(unknown.code, 1);
  t.regex(unknown.stderr, /town\.en: no record has a field "ulr"\. Name one that is there/);
});

test("a number of more digits than a double holds goes along as it stands", async (t) => {
  const folder = temporaryFolder(t);
  const [page, id] = ["9223372036854775805", "9007199254740993"];
  const sides = ["de", "en"].map((language) => {
    const texts = readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n");
    const path = join(folder, `${language}.jsonl`);
    const records = texts.map((text) => `{"text":${JSON.stringify(text)},"page":${page},"id":${id}}\n`);
    writeFileSync(path, records.join(""));
    return path;
  });
  const { code, stdout } = await crisscross(["mine", ...sides, ...NGRAM, "--columns", "page,id"]);
  t.is(code, 0);
  for (const row of stdout.trimEnd().split("\n")) t.deepEqual(row.split("\t").slice(3), [page, page, id, id]);
});
