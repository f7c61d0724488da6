import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { NpyWriter, openNpy, readNpy } from "../../../src/store/arrays/npy-file.js";
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
