import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { ModelError } from "../../../src/errors.js";
import { openTensors, readTensors } from "../../../src/store/arrays/safetensors.js";
import { writeTensors } from "../../../src/store/arrays/write-tensors.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("tensors that are written in blocks are read as a whole, their numbers aligned", async (t) => {
  const path = join(temporaryFolder(t), "a.safetensors");
  await writeTensors(path, [
    { name: "table", shape: [3, 2], blocks: [Float32Array.of(1, 2), Float32Array.of(3, 4, 5, 6)] },
    { name: "weights", shape: [3], blocks: [Float32Array.of(7, 8, 9).subarray(0, 3)] },
  ]);
  const [table, weights] = await readTensors(path, ["table", "weights"]);
  t.deepEqual(table, { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  t.deepEqual(weights, { shape: [3], data: Float32Array.of(7, 8, 9) });
  t.is(Number(readFileSync(path).readBigUInt64LE(0)) % 8, 0);
});

test("blocks that do not fill a tensor's shape leave no file", async (t) => {
  const folder = temporaryFolder(t);
  const tensor = { name: "table", shape: [3, 2], blocks: [Float32Array.of(1, 2)] };
  await t.throwsAsync(writeTensors(join(folder, "a.safetensors"), [tensor]), {
    message: /has 8 bytes, not 24/,
  });
  t.deepEqual(readdirSync(folder), []);
});

test("a header that tells of what cannot be is refused by the tensor's name", async (t) => {
  const path = join(temporaryFolder(t), "tensors");
  for (const entry of [
    null,
    { dtype: "F32", shape: [2], data_offsets: [0, 4] },
    { dtype: "F32", shape: [-1], data_offsets: [0, 4] },
  ]) {
    const header = Buffer.from(JSON.stringify({ table: entry }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(path, Buffer.concat([length, header, Buffer.alloc(8)]));
    await t.throwsAsync(openTensors(path), {
      instanceOf: ModelError,
      message: /is damaged: its header describes tensor table/,
    });
  }
});
