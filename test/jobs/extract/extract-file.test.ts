import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import {
  DraftWriter,
  draftFiles,
  hasDraft,
  NO_DOCUMENT,
  readDraftInfo,
} from "../../../src/jobs/extract/draft.js";
import { extractFile, type FileFacts } from "../../../src/jobs/extract/extract-file.js";
import { checkExtractOptions } from "../../../src/jobs/extract/options.js";
import { readDraftHashes, readDraftKeys, readDraftLines } from "../../../src/jobs/extract/read-draft.js";
import { writeTextDump } from "../../dump.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { packZstd } from "../../zstd/pack-zstd.js";

const TEXTS = [
  "Die Mühle steht seit drei Jahren still.",
  "Der Hafen wurde gestern feierlich eröffnet.",
  "Das Museum bleibt am kommenden Montag geschlossen.",
];
const pages = TEXTS.map((text, id) => ({ url: `https://example.org/${id}`, id, text }));
const members = pages.map((page) => writeTextDump([page]));
const records = members.map((member) => gunzipSync(member).toString());

/** The second record with another Content-Length. */
function withLength(length: string): string {
  return [records[0], records[1].replace(/(Content-Length: )\d+/, `$1${length}`), records[2]].join("");
}

const jsonLine = (number: number) => Buffer.from(`${JSON.stringify({ text: TEXTS[number] })}\n`);

interface Broken {
  what: string;
  name: string;
  bytes: Buffer | string;
  /** What is told after the file's name. */
  told: RegExp;
  /** Numbers of the texts that are saved. */
  saved: number[];
}

const BROKEN: Broken[] = [
  {
    what: "a gzip member cut short",
    name: "a.wet.gz",
    bytes: Buffer.concat([...members.slice(0, 2), members[2].subarray(0, -40)]),
    told: new RegExp(`byte ${members[0].length + members[1].length}: the gzip data .* cut short or damaged`),
    saved: [0, 1],
  },
  {
    what: "a zstd frame cut short",
    name: "a.wet.zst",
    bytes: Buffer.concat(await Promise.all(records.map(packZstd))).subarray(0, -40),
    told: /byte \d+: the zstd data .* cut short or damaged/,
    saved: [0, 1],
  },
  {
    what: "a Content-Length that is too large",
    name: "a.wet",
    bytes: withLength("1000000"),
    told: new RegExp(`byte ${records[0].length + 1}: no record follows the 1000000 bytes`),
    saved: [0, 1, 2],
  },
  {
    what: "a Content-Length that is too small",
    name: "a.wet",
    bytes: withLength("10"),
    told: new RegExp(`byte ${records[0].length + 1}: no record follows the 10 bytes`),
    saved: [0, 1, 2],
  },
  {
    what: "a Content-Length that is no number",
    name: "a.wet",
    bytes: withLength("many"),
    told: /byte \d+: Content-Length is "many", not a number of bytes/,
    saved: [0, 2],
  },
  {
    what: "a page that a few bytes swell to",
    name: "a.wet.gz",
    bytes: Buffer.concat([members[0], writeTextDump([{ ...pages[1], text: "x".repeat(2e7) }]), members[2]]),
    told: new RegExp(`byte ${members[0].length}: .*longer than 16 MiB`),
    saved: [0, 2],
  },
  {
    what: "one endless line",
    name: "a.txt",
    bytes: `${TEXTS[0]}\n\n${"lang ".repeat(4e6)}\n\n${TEXTS[2]}\n`,
    told: /line 3, byte 42: the line is longer than 16 MiB/,
    saved: [0, 2],
  },
  {
    what: "invalid UTF-8",
    name: "a.jsonl",
    bytes: Buffer.concat([jsonLine(0), Buffer.from('{"text":"a\xff"}\n', "latin1"), jsonLine(2)]),
    told: new RegExp(`line 2, byte ${jsonLine(0).length + 10}: invalid UTF-8 \\(0xFF\\)`),
    saved: [0, 2],
  },
  {
    what: "a record without a header",
    name: "a.wet",
    bytes: [records[0], records[1].replace(/^WARC[\s\S]*?\r\n\r\n/, ""), records[2]].join(""),
    told: /byte \d+: no record follows/,
    saved: [0, 1, 2],
  },
  {
    what: "an empty dump",
    name: "a.warc.gz",
    bytes: gzipSync(""),
    told: /byte 0: is empty; expected records of a WARC, WET or ARC/,
    saved: [],
  },
  {
    what: "a file without a byte",
    name: "a.warc.gz",
    bytes: "",
    told: /byte 0: the name ends in \.gz, but the file is empty\./,
    saved: [],
  },
  {
    what: "a name that promises another compression",
    name: "a.warc.gz",
    bytes: records.join(""),
    told: /byte 0: the name ends in \.gz, but the data do not begin as gzip does/,
    saved: [],
  },
];

for (const { what, name, bytes, told, saved } of BROKEN) {
  test(`${what} is told with file and place; what can be saved is kept`, async (t) => {
    const folder = temporaryFolder(t);
    const [path, draft] = [join(folder, name), join(folder, "draft")];
    writeFileSync(path, bytes);
    const task = { path, name: path, draft };

    const { file: skipping } = checkExtractOptions({ outputFormat: "txt", onError: "skip" });
    await extractFile({ ...task, settings: skipping }, () => {});
    const { faults } = await readDraftInfo<FileFacts>(draft);
    t.is(faults.length, 1);
    const { message } = new InputError(faults[0].place, faults[0].problem);
    t.true(message.startsWith(`${path}, `), message);
    t.regex(message, told);
    t.is(readFileSync(draftFiles(draft).lines, "utf8"), saved.map((number) => `${TEXTS[number]}\n`).join(""));

    const { file: stopping } = checkExtractOptions({ outputFormat: "txt", onError: "stop" });
    const error = await t.throwsAsync(
      extractFile({ ...task, settings: stopping }, () => {}),
      {
        instanceOf: InputError,
        message: told,
      },
    );
    t.true(error.message.startsWith(`${path}, `), error.message);
  });
}

test("a draft gives back its lines, hashes and keys in order, whatever their number", async (t) => {
  const path = join(temporaryFolder(t), "draft");
  const writer = await DraftWriter.open(path);
  const lines: string[] = [];
  for (let document = 0; document < 500; document++) {
    const number = await writer.addDocument(BigUint64Array.of(BigInt(document), 2n ** 64n - 1n));
    t.is(number, document);
    for (let i = 0; i < 20; i++) {
      lines.push(`${document} ${i} ${"ä𝒳".repeat(i)}\n`);
      writer.addLine(lines.at(-1)!, number, i % 3, 2n ** 63n + BigInt(lines.length));
    }
    await writer.flush();
  }
  t.false(hasDraft(path));
  await writer.finish({ told: "this" });
  t.true(hasDraft(path));
  t.deepEqual(await readDraftInfo(path), { told: "this" });

  const read: string[] = [];
  const rows: number[][] = [];
  for await (const { rows: some, bytes } of readDraftLines(path)) {
    let start = 0;
    for (let i = 0; i < some.length; i++) {
      const { document, group, bytes: length } = some.row(i);
      rows.push([document, group]);
      read.push(bytes.toString("utf8", start, start + length));
      start += length;
    }
  }
  t.deepEqual(read, lines);
  t.deepEqual(
    rows,
    lines.map((_, i) => [Math.floor(i / 20), (i % 20) % 3]),
  );
  t.deepEqual(
    [...readDraftHashes(path)].flatMap(({ hashes }) => [...hashes]),
    lines.map((_, i) => 2n ** 63n + BigInt(i + 1)),
  );
  const keys = [...readDraftKeys(path)].flatMap((some) => [...some]);
  t.is(keys.length, 1000);
  t.deepEqual(keys.slice(-2), [499n, 2n ** 64n - 1n]);
});

test("a document without keys has no number; a draft without any has no keys", async (t) => {
  const path = join(temporaryFolder(t), "draft");
  const writer = await DraftWriter.open(path);
  t.is(await writer.addDocument(new BigUint64Array()), NO_DOCUMENT);
  await writer.finish({});
  t.deepEqual([...readDraftKeys(path)], []);
  t.deepEqual([...readDraftHashes(path)], []);
});

test("a draft that is given up leaves nothing", async (t) => {
  const folder = temporaryFolder(t);
  const writer = await DraftWriter.open(join(folder, "draft"));
  await writer.addDocument(BigUint64Array.of(1n));
  writer.addLine("a line\n", 0, 0, 1n);
  await writer.discard();
  t.deepEqual(readdirSync(folder), []);
});
