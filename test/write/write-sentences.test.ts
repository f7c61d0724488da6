import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import test from "ava";
import { OutputError } from "../../src/errors.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { isTemporary } from "../../src/store/files/whole-file.js";
import { compressorFor } from "../../src/write/compress.js";
import { formatSentences } from "../../src/write/format-sentence.js";
import { Volume } from "../../src/write/volume.js";
import { type VolumeOptions, VolumeWriter } from "../../src/write/volumes.js";
import { CompressBeside } from "../../src/zstd/beside/compress-beside.js";
import { temporaryFolder } from "../temporary-folder.js";

async function write(
  folder: string,
  lines: [group: string, line: string][],
  options: Partial<VolumeOptions> = {},
) {
  const writer = new VolumeWriter(folder, { suffix: "txt", compression: "none", ...options });
  for (const [group, line] of lines) await writer.add(group, Buffer.from(line));
  await writer.finish();
  return writer;
}

test("each group has a file of its own, which has its name once it is published", async (t) => {
  const folder = temporaryFolder(t);
  const writer = await write(folder, [
    ["de", "eins\n"],
    ["en", "one\n"],
    ["de", "zwei\n"],
  ]);
  t.true(readdirSync(folder).every(isTemporary));
  await writer.publish();
  t.deepEqual(readdirSync(folder), ["de.txt", "en.txt"]);
  t.is(readFileSync(join(folder, "de.txt"), "utf8"), "eins\nzwei\n");
  t.deepEqual(writer.files, {
    "de.txt": { group: "de", lines: 2, bytes: 10, size: 10 },
    "en.txt": { group: "en", lines: 1, bytes: 4, size: 4 },
  });
});

test("a group's next file begins where a line would make one too large; a longer line has one to itself", async (t) => {
  const folder = temporaryFolder(t);
  const lines = ["1234\n", "567\n", "8\n", "longer than a volume\n", "9\n"];
  const options = { volumeSize: 10 };
  const writer = await write(
    folder,
    lines.map((line) => ["de", line]),
    options,
  );
  await writer.publish();
  const files = readdirSync(folder);
  t.deepEqual(files, ["de-00001.txt", "de-00002.txt", "de-00003.txt", "de-00004.txt"]);
  t.deepEqual(
    files.map((name) => readFileSync(join(folder, name), "utf8")),
    ["1234\n567\n", "8\n", "longer than a volume\n", "9\n"],
  );
});

test("many lines, longer ones than are held at once among them, come back from gz and zst", async (t) => {
  const folder = temporaryFolder(t);
  const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${"ä".repeat(i % 500 === 0 ? 50_000 : i % 50)}`);
  for (const compression of ["gz", "zst"] as const) {
    const writer = await write(
      folder,
      lines.map((line) => ["de", `${line}\n`]),
      { compression },
    );
    await writer.publish();
    const read: string[] = [];
    for await (const batch of readSentences(join(folder, `de.txt.${compression}`)))
      read.push(...batch.map(({ text }) => text));
    t.deepEqual(read, lines);
  }
  t.is(gunzipSync(readFileSync(join(folder, "de.txt.gz"))).toString(), `${lines.join("\n")}\n`);
});

test("volumes that are compressed beside have the bytes of those that are compressed here", async (t) => {
  const lines = Array.from({ length: 60_000 }, (_, i): [string, string] => [
    i % 3 === 0 ? "de" : "en",
    `${(i * 7919) % 10_007} words ${i}\n`,
  ]);
  const writeTo = async (beside?: CompressBeside) => {
    const folder = temporaryFolder(t);
    const writer = await write(folder, lines, { compression: "zst", volumeSize: 300_000, beside });
    await writer.publish();
    return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
  };
  await using beside = new CompressBeside(2, 2);
  const files = await writeTo(beside);
  t.true(files.length > 4);
  t.deepEqual(files, await writeTo());
});

test("what is discarded leaves nothing", async (t) => {
  const folder = temporaryFolder(t);
  const writer = await write(folder, [["de", "eins\n"]]);
  await writer.discard();
  t.deepEqual(readdirSync(folder), []);
});

test("a file that is replaced keeps its rights, and the new one has them while it is written", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "de.txt"), "old\n", { mode: 0o600 });
  const writer = await write(folder, [["de", "eins\n"]]);
  for (const name of readdirSync(folder)) t.is(statSync(join(folder, name)).mode & 0o777, 0o600);
  await writer.publish();
  t.is(statSync(join(folder, "de.txt")).mode & 0o777, 0o600);
  t.is(readFileSync(join(folder, "de.txt"), "utf8"), "eins\n");
});

test("a full disk is one sentence", async (t) => {
  await using beside = new CompressBeside(1, 1);
  for (const [path, compressor] of [
    ["de.txt", undefined],
    ["de.txt.zst", await compressorFor("de.txt.zst")],
    ["de.txt.zst", beside.frame()],
  ] as const) {
    const place = { path, file: await open("/dev/full", "w"), number: 1 };
    const facts = { group: "de", lines: 0, bytes: 0, size: 0 };
    const volume = new Volume(place, facts, compressor);
    const writing = async () => {
      for (let i = 0; i < 1e5; i++) await volume.add(Buffer.from(`${i * 0.77} ${i * 0.13}\n`.repeat(9)));
      await volume.end();
    };
    await t.throwsAsync(writing, { instanceOf: OutputError, message: /the disk is full/ });
  }
});

const origin = { file: "a.warc.gz", offset: 1234, url: 'https://example.org/?a="b"', id: "id-1" };
const sentence = { text: "Ein\tHafen.\n", language: "de", score: 0.987654, block: 3, sentence: 2 };

test("jsonl has all that is known of a sentence as fields, scores with four decimals", (t) => {
  const line = formatSentences("jsonl")(origin)(sentence);
  t.true(line.endsWith("}\n"));
  t.deepEqual(Object.entries(JSON.parse(line)), [
    ["text", "Ein\tHafen.\n"],
    ["language", "de"],
    ["score", 0.9877],
    ["url", 'https://example.org/?a="b"'],
    ["id", "id-1"],
    ["file", "a.warc.gz"],
    ["offset", 1234],
    ["block", 3],
    ["sentence", 2],
  ]);
});

test("tsv has the same as columns, the text first, separators as spaces", (t) => {
  t.is(
    formatSentences("tsv")(origin)(sentence),
    'Ein Hafen. \tde\t0.9877\thttps://example.org/?a="b"\tid-1\ta.warc.gz\t1234\t3\t2\n',
  );
});

test("txt is the text alone", (t) => {
  t.is(formatSentences("txt")(origin)(sentence), "Ein Hafen. \n");
});

test("what is not known is null in jsonl and empty in tsv", (t) => {
  const bare = { file: "a.txt", offset: 7 };
  t.like(JSON.parse(formatSentences("jsonl")(bare)(sentence)), { url: null, id: null, offset: 7 });
  t.is(formatSentences("tsv")(bare)(sentence), "Ein Hafen. \tde\t0.9877\t\t\ta.txt\t7\t3\t2\n");
});
