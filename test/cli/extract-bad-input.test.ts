import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { writeDump } from "../dump.js";
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
  const how = ["--output-format", "txt", "--compression", "none", "--on-error", onError];
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

test("a page in a character set that nobody knows is read by what is detected, and counted", async (t) => {
  const html = (text: string) => `<meta charset="x-unknown"><p>${text}</p>`;
  const pages = TEXTS.map((text, id) => ({ url: `https://example.org/${id}`, id, html: html(text) }));
  const { code, stderr } = await extractBytes(t, "a.warc.gz", writeDump(pages));
  t.is(code, 0);
  t.regex(stderr, /3 of an unknown character set/);
});
