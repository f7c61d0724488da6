import { buffer } from "node:stream/consumers";
import test from "ava";
import { CompressBeside } from "../../src/zstd/beside/compress-beside.js";
import { Compressor } from "../../src/zstd/compressor.js";

const lines = (seed: number, count: number) =>
  Buffer.from(
    Array.from({ length: count }, (_, i) => `${(i * seed) % 9973} ${i ** 2 % 101} words\n`).join(""),
  );

async function compressHere(bytes: Buffer): Promise<Buffer> {
  const compressor = await Compressor.open();
  const frame = Buffer.concat([...compressor.add(bytes), ...compressor.end()]);
  compressor.close();
  return frame;
}

test("frames that are made side by side have the bytes of those that are made here, however they are cut", async (t) => {
  const texts = [lines(7, 300_000), lines(11, 100_000), lines(13, 3), Buffer.alloc(0)];
  // Three at once, more than there are threads.
  await using beside = new CompressBeside(3, 2);
  const frames = texts.map(() => beside.frame());
  const made = frames.map((frame) => buffer(frame));
  for (const [i, bytes] of texts.entries()) {
    for (let at = 0; at < bytes.length; at += 70_001) frames[i].write(bytes.subarray(at, at + 70_001));
    frames[i].end();
  }
  for (const [i, bytes] of texts.entries()) t.deepEqual(await made[i], await compressHere(bytes));
});

test("a frame fails whose thread is ended while pieces of it are compressed", async (t) => {
  const beside = new CompressBeside(1, 1);
  const frame = beside.frame();
  const failing = t.throwsAsync(buffer(frame), { message: "The threads were ended." });
  for (const seed of [7, 11]) frame.write(lines(seed, 200_000));
  await beside[Symbol.asyncDispose]();
  await failing;
});
