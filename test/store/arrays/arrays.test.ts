import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, ModelError } from "../../../src/errors.js";
import { fromFloat16, fromFloat16s, toFloat16 } from "../../../src/store/arrays/float16.js";
import { NpyWriter, openNpy, readNpy } from "../../../src/store/arrays/npy-file.js";
import { openTensors, readTensors } from "../../../src/store/arrays/safetensors.js";
import { writeTensors } from "../../../src/store/arrays/write-tensors.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** What numpy.save writes of the array [[1, 2, 3], [4, 5, 6]], of the given type and order. */
function numpyFile(descr: string, fortran = "False", values = [1, 2, 3, 4, 5, 6]): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (2, 3), }`;
  const header = Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00v\x00", "latin1"),
    Buffer.from(`${text.padEnd(117)}\n`),
  ]);
  return Buffer.concat([header, Buffer.from(Float32Array.from(values).buffer)]);
}

test("a file of NumPy's is read, whole and in pieces", (t) => {
  const path = join(temporaryFolder(t), "a.npy");
  writeFileSync(path, numpyFile("<f4"));
  t.deepEqual([...readNpy(path)], [1, 2, 3, 4, 5, 6]);
  using file = openNpy(path);
  t.deepEqual(file.shape, [2, 3]);
  t.deepEqual([...file.read(2, 5)], [3, 4, 5]);
});

test("what is written is, byte for byte, what NumPy writes", async (t) => {
  const path = join(temporaryFolder(t), "a.npy");
  const writer = await NpyWriter.open(`${path}.part`, "<f4", 3);
  await writer.append(Float32Array.of(1, 2, 3));
  await writer.append(Float32Array.of(4, 5, 6));
  await writer.finish(path);
  t.deepEqual(readFileSync(path), numpyFile("<f4"));
});

test("rows that an interrupted run left are gone on with", async (t) => {
  const path = join(temporaryFolder(t), "a.npy");
  const first = await NpyWriter.open(path, "<f4", 2);
  await first.append(Float32Array.of(1, 1, 2, 2, 3, 3));
  await first.close();
  // Half a row more, as a kill may leave it.
  truncateSync(path, readFileSync(path).length + 4);

  const second = await NpyWriter.open(path, "<f4", 2, (rows) => {
    t.is(rows, 3);
    return 2;
  });
  t.is(second.rows, 2);
  await second.append(Float32Array.of(9, 9));
  t.deepEqual([...(await second.read(1, 3))], [2, 2, 9, 9]);
  await second.finish(path);
  t.deepEqual([...readNpy(path)], [1, 1, 2, 2, 9, 9]);
});

const faults: [what: string, bytes: Buffer, message: RegExp][] = [
  [
    "a file that is cut short",
    numpyFile("<f4").subarray(0, 140),
    /byte 140: is cut short: its header promises 2 × 3/,
  ],
  ["another type", numpyFile("<i8"), /elements of type <i8; expected float32/],
  ["Fortran order", numpyFile("<f4", "True"), /Fortran order/],
  ["another kind of file", Buffer.from("score\tsource\ttarget\n"), /is not a \.npy file/],
];

for (const [what, bytes, message] of faults) {
  test(`${what} is refused with what to do`, (t) => {
    const path = join(temporaryFolder(t), "a.npy");
    writeFileSync(path, bytes);
    t.throws(() => openNpy(path), { instanceOf: InputError, message });
  });
}

/** Numbers and their bits, from the examples and the rules of IEEE 754-2008 for binary16. */
const table: [number: number, bits: number][] = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [1023 * 2 ** -24, 0x03ff],
  [1 + 2 ** -10, 0x3c01],
];

test("numbers that binary16 holds go there and back", (t) => {
  for (const [number, bits] of table) {
    t.is(toFloat16(number), bits, String(number));
    t.is(fromFloat16(bits), number, String(number));
  }
  t.is(fromFloat16(toFloat16(Number.NaN)), Number.NaN);
});

test("numbers between are rounded to the nearest, halves to the even one", (t) => {
  t.is(toFloat16(1 + 2 ** -11), 0x3c00);
  t.is(toFloat16(1 + 3 * 2 ** -11), 0x3c02);
  t.is(toFloat16(1 + 1.1 * 2 ** -11), 0x3c01);
  t.is(toFloat16(2.5 * 2 ** -24), 0x0002);
  t.is(toFloat16(65520), 0x7c00);
});

test("many halves are the numbers that each stands for", (t) => {
  const halves = Uint16Array.from({ length: 2 ** 16 }, (_, half) => half);
  t.deepEqual(fromFloat16s(halves), Float32Array.from(halves, fromFloat16));
});

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
