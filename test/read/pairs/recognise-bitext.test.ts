import { gzipSync } from "node:zlib";
import test from "ava";
import { BrokenInput } from "../../../src/read/faults.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { recogniseBitext } from "../../../src/read/pairs/recognise-bitext.js";
import { recogniseBitextFormat } from "../../../src/read/pairs/recognise-format.js";
import { COMPRESSED, inChunks } from "../_fixtures.js";

const LINE = '{"source":"die Mühle","target":"the mill"}\n';

async function bytesOf(input: unknown): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

for (const size of [1, 7, Infinity])
  test(`a stream of ${size} bytes at a time is recognised, and read from its start as it came`, async (t) => {
    const data = gzipSync(LINE.repeat(500));
    await using bitext = await recogniseBitext(inChunks(data, size));
    t.is(bitext.format, "jsonl");
    t.deepEqual(await bytesOf(bitext.input), data);
    const utf16 = Buffer.from('\ufeff<tmx version="1.4"><header srclang="de"/><body/></tmx>', "utf16le");
    await using memory = await recogniseBitext(inChunks(utf16, size));
    t.is(memory.format, "tmx");
    for await (const _ of readPairs(memory.input)) t.fail();
  });

for (const { name, pack } of COMPRESSED.filter(({ pack }) => pack))
  test(`a stream that ${name} compresses is recognised, and stays compressed`, async (t) => {
    const data = Buffer.from(await pack!(LINE.repeat(500)));
    await using bitext = await recogniseBitext(inChunks(data, 1000));
    t.is(bitext.format, "jsonl");
    t.deepEqual(await bytesOf(bitext.input), data);
  });

test("no more of a stream is read than its format needs", async (t) => {
  let read = 0;
  async function* lines() {
    for (; read < 1000; read++) yield Buffer.from(LINE.repeat(50));
  }
  await using bitext = await recogniseBitext(lines());
  t.is(bitext.format, "jsonl");
  // A chunk is 50 lines of 44 bytes, and 4,096 bytes are looked at.
  t.true(read <= 2, `${read}`);
});

test("what a damaged or failing stream holds before its fault is recognised, and the fault is its reader's", async (t) => {
  const cut = gzipSync(LINE).subarray(0, -4);
  await using bitext = await recogniseBitext(inChunks(cut, 5));
  t.is(bitext.format, "jsonl");
  await t.throwsAsync(readPairs(bitext.input).next(), { instanceOf: BrokenInput });
  async function* failing() {
    yield Buffer.from(LINE);
    throw new Error("the line went dead");
  }
  await using other = await recogniseBitext(failing());
  t.is(other.format, "jsonl");
  const pairs = readPairs(other.input);
  await t.throwsAsync(bytesOf(pairs), { message: "the line went dead" });
});

test("a stream without a byte has no format, and one that only looking at would read is unknown", async (t) => {
  await using empty = await recogniseBitext(inChunks(""));
  t.is(empty.format, undefined);
  t.is(await recogniseBitextFormat(inChunks(LINE)), undefined);
  t.is(await recogniseBitextFormat("/dev/null"), undefined);
});

test("a stream that is not read is closed when it is disposed of", async (t) => {
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) yield Buffer.from(LINE);
    } finally {
      isClosed = true;
    }
  }
  {
    await using bitext = await recogniseBitext(endless());
    t.is(bitext.format, "jsonl");
    t.false(isClosed);
  }
  t.true(isClosed);
});

test("the name of a stream tells its format where its bytes tell nothing", async (t) => {
  const { value } = await readPairs(inChunks('"Haus, rot",red house\n'), { name: "upload.csv" }).next();
  t.is(value?.[0].source, "Haus, rot");
});
