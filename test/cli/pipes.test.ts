import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import test from "ava";
import { packZip } from "../read/zip/pack-zip.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const LINE =
  '{"id":7,"source":"Das ist ein Haus.","target":"This is a house.","url":"https://example.org/"}\n';

const VARIANT = (language: string, text: string) => `<tuv xml:lang="${language}"><seg>${text}</seg></tuv>`;

/** A bitext in each format that is recognised by its first bytes, and how it goes on. */
const BITEXTS: Readonly<Record<string, readonly [data: string | Buffer, written: RegExp]>> = {
  "JSON lines": [LINE, /^\{"id":7,.*"url":"https:/],
  JSON: [`[${LINE}]`, /^\{"id":7,.*"url":"https:/],
  TMX: [
    `<?xml version="1.0"?><tmx version="1.4"><header srclang="de"/><body><tu><note>old</note>${VARIANT("de", "Haus")}${VARIANT("en", "house")}${VARIANT("fr", "maison")}</tu></body></tmx>`,
    /^<\?xml[\s\S]*<note>old<\/note>/,
  ],
  XLIFF: [
    '<xliff version="1.2"><file source-language="de" target-language="en"><body><trans-unit id="1"><source>Haus</source><target>house</target></trans-unit></body></file></xliff>',
    /^<\?xml[\s\S]*<tmx /,
  ],
  TSV: ["Das ist ein Haus.\tThis is a house.\tnews\n", /\tnews\n$/],
};

const COMMANDS = [
  ["dedup"],
  ["filter"],
  ["score", "--encoder", "ngram", "--dimensions", "8", "--k", "1", "--score", "cosine"],
];

for (const [name, [data, written]] of Object.entries(BITEXTS))
  test(`${name} in a pipe goes on as from a file, compressed or not`, async (t) => {
    const path = join(temporaryFolder(t), "bitext");
    writeFileSync(path, data);
    for (const [command, ...flags] of COMMANDS) {
      const languages = command === "filter" || name === "TMX" ? ["--languages", "de,en"] : [];
      const argv = [...flags, ...languages, "--quiet"];
      const fromFile = await crisscross([command, path, ...argv]);
      t.deepEqual([fromFile.code, fromFile.stderr], [0, ""]);
      t.regex(fromFile.stdout, written, command);
      t.deepEqual(await crisscross([command, "-", ...argv], data), fromFile, command);
      t.deepEqual(await crisscross([command, "-", ...argv], gzipSync(data)), fromFile, command);
    }
  });

test("JSON lines in a pipe keep all their fields, and so do their splits", async (t) => {
  t.is((await crisscross(["dedup", "-"], LINE)).stdout, LINE);
  const folder = temporaryFolder(t);
  const { code } = await crisscross(["split", "-", "-o", folder, "--test", "0", "--dev", "0"], LINE);
  t.is(code, 0);
  t.deepEqual(readdirSync(folder), ["dev.jsonl", "split.stats.json", "test.jsonl", "train.jsonl"]);
  t.is(readFileSync(join(folder, "train.jsonl"), "utf8"), LINE);
});

test("a zip file of Moses in a pipe takes its languages where it can be read", async (t) => {
  const zip = packZip({ "X.de-en.de": "Haus\n", "X.de-en.en": "house\n" });
  const { stdout, stderr } = await crisscross(["dedup", "-", "--languages", "en,de"], zip);
  t.is(stdout, "house\tHaus\n", stderr);
});

for (const name of ["TMX", "XLIFF"])
  test(`the languages of ${name} in a pipe can be named, to every command`, async (t) => {
    const [data] = BITEXTS[name];
    const { code, stdout, stderr } = await crisscross(["convert", "-", "--languages", "de,en"], data);
    t.is(code, 0, stderr);
    t.is(stdout, "Haus\thouse\n");
    const deduplicated = await crisscross(["dedup", "-", "--languages", "de,en"], data);
    t.is(deduplicated.code, 0, deduplicated.stderr);
  });

test("the languages of a translation in JSON lines in a pipe can be named", async (t) => {
  const line = '{"translation":{"de":"Haus","en":"house","fr":"maison"}}\n';
  const { stdout, stderr } = await crisscross(["convert", "-", "--languages", "fr,en"], line);
  t.is(stdout, "maison\thouse\n", stderr);
});

test("a named pipe is recognised by its bytes, then by its name", async (t) => {
  const folder = temporaryFolder(t);
  const through = async (name: string, data: string, ...argv: string[]) => {
    const pipe = join(folder, name);
    t.is(spawnSync("mkfifo", [pipe]).status, 0);
    const writer = spawn("sh", ["-c", 'printf %s "$1" > "$0"', pipe, data]);
    const [outcome] = await Promise.all([crisscross([...argv, pipe]), once(writer, "exit")]);
    return outcome;
  };
  t.is((await through("a.tsv", LINE, "dedup")).stdout, LINE);
  t.is((await through("b.csv", '"Haus, rot",red house\n', "dedup")).stdout, "Haus, rot\tred house\n");
  const [xliff] = BITEXTS.XLIFF;
  const { stdout } = await through("c", String(xliff), "convert", "--output-format", "tmx");
  t.regex(stdout, /<tmx /);
  const broken = await through("d", '{"source":"Haus"}\n', "dedup");
  t.regex(broken.stderr, /^crisscross: .*\/d, line 1: /m);
});

test("an empty pipe gives an empty output, since it may be of a format that has languages", async (t) => {
  const { code, stdout } = await crisscross(["convert", "-", "--languages", "de,en"]);
  t.deepEqual([code, stdout], [0, ""]);
});

test("a pipe that stays open is closed when what it begins with is refused", async (t) => {
  const stdin = new PassThrough();
  stdin.write("Haus\thouse\n".repeat(1000));
  const { code, stderr } = await crisscross(["convert", "-", "--languages", "de,en"], stdin);
  t.is(code, 2);
  t.regex(stderr, /neither the bitext nor the output is TMX/);
  t.true(stdin.destroyed);
});

test("a pipe that sends nothing can be interrupted", async (t) => {
  const interruption = new AbortController();
  const waiting = new Readable({ read: () => interruption.abort() });
  const { code, stderr } = await crisscross(["dedup", "-"], waiting, interruption.signal);
  t.deepEqual([code, stderr], [130, "crisscross: interrupted; no half-written file is left.\n"]);
});

test("a wrong name of the output is told before a pipe has sent anything", async (t) => {
  for (const command of ["convert", "dedup", "filter", "score"]) {
    const argv = [command, "-", "--languages", "de,en", "-o", "kept.csv"];
    const { code, stderr } = await crisscross(argv, new PassThrough());
    t.is(code, 2);
    t.regex(stderr, /its name says \.csv/);
  }
});
