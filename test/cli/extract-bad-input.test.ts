import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import test, { type ExecutionContext } from "ava";
import { writeDump, writeTextDump } from "../dump.js";
import { warcRecord } from "../read/warc/_records.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const TEXTS = [
  "Die Mühle steht seit drei Jahren still.",
  "Der Hafen wurde gestern feierlich eröffnet.",
  "Das Museum bleibt am kommenden Montag geschlossen.",
];

/** A file in a folder of the test's own, and what extract says of it. */
async function extractBytes(t: ExecutionContext, name: string, bytes: Buffer | string, onError = "skip") {
  const folder = temporaryFolder(t);
  const [path, output] = [join(folder, name), join(folder, "out")];
  writeFileSync(path, bytes);
  const how = ["--output-format", "txt", "--compression", "none", "--on-error", onError, "--threads", "1"];
  const outcome = await crisscross(["extract", path, "-o", output, ...how]);
  const written = join(output, "de.txt");
  return { ...outcome, path, text: existsSync(written) ? readFileSync(written, "utf8") : "" };
}

const [first, , last] = TEXTS.map((text) => `${JSON.stringify({ text })}\n`);
const INVALID = Buffer.concat([
  Buffer.from(first),
  Buffer.from('{"text":"\xff"}\n', "latin1"),
  Buffer.from(last),
]);

test("a broken record is one sentence with file and place, and the others are written", async (t) => {
  const { code, stderr, path, text } = await extractBytes(t, "a.jsonl", INVALID);
  t.is(code, 0);
  const [told] = stderr.split("\n");
  t.true(
    told.startsWith(`crisscross: skipped: ${path}, line 2, byte ${Buffer.byteLength(first) + 9}: `),
    told,
  );
  t.false(told.includes("--on-error"), told);
  t.is(stderr.match(/skipped:/g)?.length, 1);
  t.is(text, `${TEXTS[0]}\n${TEXTS[2]}\n`);
});

test("a broken record ends a run that is to stop, with one sentence", async (t) => {
  const { code, stderr, path } = await extractBytes(t, "a.jsonl", INVALID, "stop");
  t.is(code, 1);
  t.true(stderr.startsWith(`crisscross: ${path}, line 2, `), stderr);
  t.notRegex(stderr, /\n./);
});

test("where nothing can be saved, nothing is written, and that is told", async (t) => {
  const { code, stderr, path, text } = await extractBytes(t, "a.warc.gz", "");
  t.is(code, 1);
  t.true(stderr.startsWith(`crisscross: skipped: ${path}, byte 0: `), stderr);
  t.regex(stderr, /no sentence is left of 0 records \(1 broken\); nothing is written\.\n$/);
  t.is(text, "");
});

/** A file of each kind from which nothing can be read. */
const UNREADABLE: Record<string, Buffer> = {
  "a.warc.lz4": Buffer.from("04224d186040825a", "hex"),
  "a.zip": Buffer.from("PK\x03\x04 a.txt"),
  "a.7z": Buffer.from("377abcaf271c0004", "hex"),
  "a.parquet": Buffer.from("PAR1\x15\x04\x15"),
  "a.warc.gz": Buffer.from("WARC/1.0"),
  "a.warc": Buffer.alloc(0),
  "a.json": Buffer.from("[{"),
  "a.txt": Buffer.from("Die Mühle steht still.", "utf16le"),
  "b.txt": Buffer.from("\ufeffDie Mühle steht still.", "utf16le"),
};

for (const [name, bytes] of Object.entries(UNREADABLE)) {
  // What is named by itself goes another way to the same reader.
  for (const inFolder of name === "a.zip" ? [false, true] : [true]) {
    const where = inFolder ? "in a folder" : "beside others";
    test(`${name}, ${bytes.length} bytes that cannot be read, ${where} ends with 1, and the others are written`, async (t) => {
      const folder = temporaryFolder(t);
      const [given, output] = [join(folder, "in"), join(folder, "out")];
      mkdirSync(given);
      const paths = [join(given, name), join(given, "whole.wet.gz")];
      writeFileSync(paths[0], bytes);
      writeFileSync(paths[1], writeTextDump([{ url: "http://example.org/", id: 1, text: TEXTS[0] }]));
      const how = ["-o", output, "--output-format", "txt", "--compression", "none", "--threads", "1"];
      const { code, stderr } = await crisscross(["extract", ...(inFolder ? [given] : paths), ...how]);
      t.is(code, 1);
      t.true(stderr.startsWith(`crisscross: skipped: ${paths[0]}`), stderr);
      t.regex(stderr, /\n2 files · 1 unreadable\n/);
      t.true(
        stderr.endsWith(
          `\ncrisscross: ${paths[0]}: could not be read, or not to its end; all else is written.\n`,
        ),
        stderr,
      );
      t.is(readFileSync(join(output, "de.txt"), "utf8"), `${TEXTS[0]}\n`);
    });
  }
}

test("what is left out of a folder is counted by kind, and told", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ["a.warc.wat.gz", "b.warc.wat.gz", "a.cdx", "README", ".lock"])
    writeFileSync(join(folder, name), name);
  writeFileSync(join(folder, "a.txt"), `${TEXTS[0]}\n`);
  const { code, stderr } = await crisscross(["extract", folder, "-o", join(folder, "out")]);
  t.is(code, 0);
  t.is(
    stderr.split("\n")[0],
    "5 files of folders are left out: 2 .wat.gz, 1 .cdx, 1 hidden, 1 without a suffix; what is named by itself, or with --format, is read",
  );
});

test("that nothing of what is named is there is told once", async (t) => {
  const folder = temporaryFolder(t);
  const [gone, other] = [join(folder, "gone"), join(folder, "other.warc")];
  const [alone, both] = [
    await crisscross(["extract", gone, "-o", join(folder, "out")]),
    await crisscross(["extract", gone, other, "-o", join(folder, "out")]),
  ];
  t.deepEqual(readdirSync(folder), []);
  t.deepEqual([alone.code, alone.stderr], [1, `crisscross: ${gone}: no such file or folder.\n`]);
  t.deepEqual(
    [both.code, both.stderr],
    [1, `crisscross: ${gone}: no such file or folder; nor is any other there that is named (1).\n`],
  );
});

test("a dump of revisits alone says so", async (t) => {
  const fields = { "Content-Type": "application/http; msgtype=response" };
  const dump = Buffer.concat([
    warcRecord("software: x", { "WARC-Type": "warcinfo", "Content-Type": "application/warc-fields" }),
    ...[1, 2, 3].map((page) =>
      warcRecord("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", {
        ...fields,
        "WARC-Type": "revisit",
        "WARC-Target-URI": `http://example.org/${page}`,
      }),
    ),
  ]);
  const { code, stderr, path, text } = await extractBytes(t, "a.warc.gz", gzipSync(dump));
  t.deepEqual([code, text], [1, ""]);
  t.true(stderr.startsWith(`crisscross: ${path}: holds revisits alone (3), which say that `), stderr);
});

test("revisits, and pages that are cut short, are counted beside pages", async (t) => {
  const page = (text: string, fields = {}) => warcRecord(text, fields);
  const dump = Buffer.concat([
    page(TEXTS[0]),
    page(`${TEXTS[1]}\nDas Museum bleibt am`, { "WARC-Truncated": "length" }),
    page("", { "WARC-Type": "revisit" }),
    page("geschlossen.", { "WARC-Type": "continuation", "WARC-Segment-Number": "2" }),
  ]);
  const { code, stderr, text } = await extractBytes(t, "a.wet", dump);
  t.deepEqual([code, text], [0, `${TEXTS[0]}\n${TEXTS[1]}\n`]);
  t.regex(stderr, /^1 file\n4 records · 2 kept · 1 revisit · 1 continuation · 1 cut short\n/);
});

test("a page in a character set that nobody knows is read by what is detected, and counted", async (t) => {
  const html = (text: string) => `<meta charset="x-unknown"><p>${text}</p>`;
  const pages = TEXTS.map((text, id) => ({ url: `https://example.org/${id}`, id, html: html(text) }));
  const { code, stderr } = await extractBytes(t, "a.warc.gz", writeDump(pages));
  t.is(code, 0);
  t.regex(stderr, /3 of an unknown character set/);
});
