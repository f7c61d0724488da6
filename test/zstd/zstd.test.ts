import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import test from "ava";
import { Decompressor } from "../../src/zstd/decompressor.js";
import { loadZstd } from "../../src/zstd/load-zstd.js";
import { madeByCommand, packZstd, unpackZstd } from "./pack-zstd.js";

const LINES = Array.from({ length: 200 }, (_, i) => `${i + 1} žluťoučký kůň ${(i + 1) ** 2}\n`).join("");

test("a frame of the zstd command is read, and ends with its last byte", async (t) => {
  using decompressor = await Decompressor.open();
  const frame = madeByCommand("lines.txt.zst");
  const step = decompressor.step(Buffer.concat([frame, frame]));
  t.is(step.bytes.toString(), LINES);
  t.like(step, { consumed: frame.length, ended: true, full: false });
});

test("a match from 100 MiB before is found in a window of 128 MiB", async (t) => {
  // Made with --long=27 of 3,000 random letters, 100 MiB of zeros and the same letters again.
  const text = await unpackZstd(madeByCommand("far.txt.zst"));
  t.is(text.length, 3000 + 100 * 2 ** 20 + 3000);
  t.is(createHash("sha1").update(text).digest("hex"), "5e0d87a7a5d6e27badadf7ac31b15dc33c630fa7");
});

test("a window of more than 128 MiB is refused before any memory is taken", async (t) => {
  using decompressor = await Decompressor.open();
  // Magic number, no flags, a window of 2^(10 + 18) bytes (RFC 8878, section 3.1.1.1.2), a last block with one byte.
  const frame = Buffer.from(`28b52ffd00${(18 << 3).toString(16)}09000061`, "hex");
  t.throws(() => decompressor.step(frame), { message: /requires too much memory/ });
});

for (const kind of ["trained", "raw"])
  test(`frames are read with a dictionary that is ${kind}`, async (t) => {
    const raw = "WARC/1.0 WARC-Type: conversion Content-Type: text/plain the same words again ".repeat(9);
    const dictionary = kind === "raw" ? Buffer.from(raw) : madeByCommand("trained.dict");
    const texts = ["first member", "second", "the third of them"].map(
      (text) => `the same words again ${text}`,
    );
    for (const [index, text] of texts.entries())
      t.is(String(await unpackZstd(madeByCommand(`${kind}-${index}.zst`), dictionary)), text);
  });

test("a flipped bit anywhere in the data is an error or changes nothing, and the next frame is read", async (t) => {
  using decompressor = await Decompressor.open();
  const frame = madeByCommand("second.txt.zst");
  let noticed = 0;
  for (let bit = 32; bit < frame.length * 8; bit++) {
    const damaged = Buffer.from(frame);
    damaged[bit >> 3] ^= 1 << (bit & 7);
    try {
      const { bytes, ended } = decompressor.step(damaged);
      // The flag that says that a checksum follows is not checked by anything.
      if (ended && bit !== 34) t.is(bytes.toString(), "second\n", `bit ${bit}`);
    } catch {
      noticed++;
    }
    decompressor.reset();
    t.is(decompressor.step(frame).bytes.toString(), "second\n");
  }
  t.true(noticed > 100);
});

test("what is written has one frame with a checksum, however the text is divided, and comes back", async (t) => {
  for (const text of ["", "one line\n", LINES, LINES.repeat(200)]) {
    const packed = await packZstd(text);
    t.is(packed.readUInt32LE(0), 0xfd2fb528);
    t.is(packed[4] & 4, 4, "the checksum's flag (RFC 8878, section 3.1.1.1.1)");
    using decompressor = await Decompressor.open();
    let rest = packed;
    const parts: Buffer[] = [];
    for (let ended = false; !ended; ) {
      const step = decompressor.step(rest);
      parts.push(step.bytes);
      rest = rest.subarray(step.consumed);
      ended = step.ended;
    }
    t.is(rest.length, 0);
    t.is(Buffer.concat(parts).toString(), text);
  }
});

const command = spawnSync("zstd", ["--version"]).status === 0;
(command ? test : test.skip)("the zstd command, where there is one, reads what is written", async (t) => {
  for (const text of ["", LINES.repeat(50)]) {
    const { status, stdout } = spawnSync("zstd", ["-dc"], { input: await packZstd(text) });
    t.is(status, 0);
    t.is(stdout.toString(), text);
  }
});

test("contexts that are closed leave nothing behind in the module's memory", async (t) => {
  const { memory } = await loadZstd();
  await packZstd(LINES);
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 100; round++) await unpackZstd(await packZstd(LINES));
  t.is(memory.buffer.byteLength, before);
});
