import test from "ava";
import { InputError } from "../../src/errors.js";
import { readPairs } from "../../src/read/pairs/read-pairs.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { inChunks } from "./_fixtures.js";

const BEGINNINGS: Record<string, string> = {
  Parquet: "PAR1\x15\x04\x15 Das Rathaus",
  Arrow: "ARROW1\0\0 Das Rathaus",
  SQLite: "SQLite format 3\0 Das Rathaus",
  PDF: "%PDF-1.7\n%",
  zip: "PK\x03\x04 [Content_Types].xml",
  NumPy: "\x93NUMPY\x01\0 {'descr'",
  "7z": "7z\xbc\xaf\x27\x1c Das Rathaus",
  rar: "Rar!\x1a\x07\x01\0 Das Rathaus",
};

async function drain(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of batches);
}

for (const [name, beginning] of Object.entries(BEGINNINGS))
  test(`${name} is refused by its name, as a text and as a bitext, also with skip`, async (t) => {
    const expected = {
      instanceOf: InputError,
      message: new RegExp(
        `^standard input, byte 0: holds ${name} data, which (cannot be read here|crisscross does not read)\\. .*first|text|itself`,
      ),
    };
    const chunks = () => inChunks(Buffer.from(beginning, "latin1"), 3);
    await t.throwsAsync(drain(readSentences(chunks(), { onError: "skip" })), expected);
    await t.throwsAsync(drain(readPairs(chunks(), { onError: "skip" })), expected);
  });

test("a text that only begins like one of them is read", async (t) => {
  for (const text of [
    "PAR1 is a name\tx",
    "SQLite format 3 is old\tx",
    "PK is short\tx",
    "Rar!\tx",
    "%PDF- ends\tx",
  ])
    await t.notThrowsAsync(drain(readPairs(inChunks(text))));
});
