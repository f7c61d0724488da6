import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { blockChecker, sumBlocks } from "../../../src/store/arrays/block-sums.js";
import { encodeNpyHeader } from "../../../src/store/arrays/npy.js";
import { openNpy } from "../../../src/store/arrays/npy-file.js";
import { openSum, sumFile } from "../../../src/store/files/checksum.js";
import { flipBit } from "../../flip-bit.js";
import { temporaryFolder } from "../../temporary-folder.js";

const MEBI = 2 ** 20;

test("of a file in blocks those are checked that are read, each once", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "a.npy");
  const values = Float32Array.from({ length: (2.5 * MEBI) / 4 }, (_, i) => i);
  writeFileSync(
    path,
    Buffer.concat([encodeNpyHeader("<f4", [values.length]), new Uint8Array(values.buffer)]),
  );
  using file = openNpy(path);
  const sum = await openSum();
  const sums = sumBlocks(file, sum);
  const bytes = readFileSync(path);
  const expected = [];
  for (const start of [0, MEBI, 2 * MEBI]) {
    writeFileSync(join(folder, "block"), bytes.subarray(start, start + MEBI));
    expected.push((await sumFile(join(folder, "block"))).xxh64);
  }
  t.deepEqual(sums, { bytes: MEBI, xxh64: expected });

  const check = blockChecker(file, sums, { sum, advice: "Make it again." });
  t.notThrows(() => check(2 * MEBI, bytes.length));
  flipBit(path, 8 * (MEBI + 5) + 3);
  flipBit(path, 8 * (2 * MEBI) + 1);
  t.notThrows(() => check(0, MEBI));
  // Nothing reads it again: who comes back to a block has it from the same file.
  t.notThrows(() => check(2 * MEBI + 9, 2 * MEBI + 10));
  t.throws(() => check(MEBI - 1, MEBI + 1), {
    instanceOf: InputError,
    message:
      /a\.npy: is damaged: its bytes 1048576 to 2097152 are not those that were written\. Make it again\./,
  });
});
