import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import test from "ava";
import { readDump } from "./_read.js";
import { describeRecord, sha1 } from "./_warcio.js";

const FOLDER = "../shared/data/warc";

interface Row {
  types: Record<string, number>;
  sha1: string;
}

/** Made by warcio-table.py. */
const TABLE: Record<string, Row> = JSON.parse(readFileSync("test/read/warc/warcio-table.json", "utf8"));

/** Broken in one place each; warcio gives what can be saved of them without a word, and so do we, with one. */
const BROKEN = new Set(["resiliparse-clipped.warc.gz", "warcio-example-trunc.warc"]);

/** At which warcio stops: what all of them hold is in the number of their headers. */
const STOPPED: readonly [name: string, faults: number][] = [
  ["ccnet-sample.warc.txt", 1],
  ["warcio-example-bad-non-chunked.warc.gz", 0],
  ["warcio-example-wrong-chunks.warc.gz", 0],
];

const testWithData = existsSync(FOLDER) ? test : test.skip;

for (const [name, expected] of Object.entries(TABLE)) {
  testWithData(`${name} gives the records that warcio gives`, async (t) => {
    const path = join(FOLDER, name);
    const types: Record<string, number> = {};
    const lines: string[] = [];
    const { records, faults } = await readDump(path);
    for (const record of records) {
      types[record.type] = (types[record.type] ?? 0) + 1;
      lines.push(await describeRecord(record));
    }
    t.deepEqual(types, expected.types);
    t.is(sha1(lines.join("\n")), expected.sha1);
    t.is(faults.length, BROKEN.has(name) ? 1 : 0);
  });
}

for (const [name, expected] of STOPPED) {
  testWithData(`${name}, at which warcio stops, gives a record for each header`, async (t) => {
    const path = join(FOLDER, name);
    const data = readFileSync(path);
    const text = (name.endsWith(".gz") ? gunzipSync(data) : data).toString("latin1");
    const { records, faults } = await readDump(path);
    t.is(records.length, text.match(/^WARC\/1\.\d\r?$/gm)?.length ?? 0);
    t.is(faults.length, expected);
  });
}

testWithData("a dump in lz4 is one fault that names it", async (t) => {
  const { records, faults } = await readDump(join(FOLDER, "resiliparse-warcfile.warc.lz4"));
  t.is(records.length, 0);
  t.deepEqual(
    faults.map(({ message }) => message),
    ["dump, byte 0: holds lz4 data, which crisscross does not read. Decompress the file first."],
  );
});
