import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import type { InputError } from "../../../src/errors.js";
import { readMembers } from "../../../src/read/members/read-members.js";
import { openBytes } from "../../../src/read/open.js";
import { readRecords } from "../../../src/read/warc/read-records.js";
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

const testWithData = existsSync(FOLDER) ? test : test.skip;

for (const [name, expected] of Object.entries(TABLE)) {
  testWithData(`${name} gives the records that warcio gives`, async (t) => {
    const path = join(FOLDER, name);
    const types: Record<string, number> = {};
    const lines: string[] = [];
    const faults: InputError[] = [];
    const pieces = readMembers(openBytes(path, path), path, path);
    for await (const record of readRecords(pieces, path, (fault) => faults.push(fault))) {
      types[record.type] = (types[record.type] ?? 0) + 1;
      lines.push(describeRecord(record));
    }
    t.deepEqual(types, expected.types);
    t.is(sha1(lines.join("\n")), expected.sha1);
    t.is(faults.length, BROKEN.has(name) ? 1 : 0);
  });
}
