import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { OutputError } from "../../../src/errors.js";
import { FirstOccurrences } from "../../../src/store/hashes/first-occurrences.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** Whether each value is the first of its kind, by a Set. */
function firstsBySet(hashes: BigUint64Array): boolean[] {
  const seen = new Set<bigint>();
  return Array.from(hashes, (hash) => !seen.has(hash) && seen.add(hash) !== undefined);
}

/** A well-spread number of 64 bits (splitmix64). */
function spread(n: number): bigint {
  let z = BigInt.asUintN(64, BigInt(n) * 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const make = (length: number, hashAt: (i: number) => bigint) =>
  BigUint64Array.from({ length }, (_, i) => hashAt(i));

const SHAPES: Record<string, BigUint64Array> = {
  none: make(0, spread),
  "one hash, which is zero": make(1, () => 0n),
  "all equal": make(8_000, () => 0x0123456789abcdefn),
  "all zero": make(8_000, () => 0n),
  "all different": make(8_000, spread),
  "each twice, the second time long after": make(8_000, (i) => spread(i % 4_000)),
  "each twice in a row": make(8_000, (i) => spread(i >> 1)),
  "few among many": make(8_000, (i) => (i % 3 === 0 ? spread(i % 30) : spread(i))),
  "small numbers in a row": make(8_000, (i) => BigInt(i % 3_000)),
  "different only in the upper half": make(8_000, (i) => BigInt(i % 3_000) << 32n),
  "different only in the sixteen lowest bits, backwards": make(8_000, (i) => BigInt(65_535 - (i % 3_500))),
  "zero again after all memory is used": make(8_000, (i) => (i % 2_000 === 1_999 ? 0n : spread(i % 3_000))),
};

async function firstsWithin(t: ExecutionContext, hashes: BigUint64Array, memoryBytes: number, batch: number) {
  const folder = join(temporaryFolder(t), "firsts");
  const finder = new FirstOccurrences({ folder, memoryBytes });
  for (let i = 0; i < hashes.length; i += batch) finder.add(hashes.subarray(i, i + batch));
  const levels = new Set<string>();
  if (existsSync(folder)) for (const name of readdirSync(folder)) levels.add(name);
  const firsts = await finder.finish();
  const found = Array.from(hashes, (_, i) => firsts.has(i));
  const { length, count } = firsts;
  firsts[Symbol.dispose]();
  return { found, length, count, spilled: levels.size > 0, left: existsSync(folder) };
}

for (const [shape, hashes] of Object.entries(SHAPES))
  for (const memoryBytes of [1, 4096, 65_536, 2 ** 22])
    test(`firsts of ${shape} in ${memoryBytes} bytes of memory are what a Set says, and nothing is left behind`, async (t) => {
      const expected = firstsBySet(hashes);
      const { found, length, count, left } = await firstsWithin(t, hashes, memoryBytes, 777);
      t.deepEqual(found, expected);
      t.is(length, hashes.length);
      t.is(count, expected.filter(Boolean).length);
      t.false(left);
    });

test("hashes go to files where memory is full, and only there", async (t) => {
  t.true((await firstsWithin(t, SHAPES["all different"], 4096, 1000)).spilled);
  t.false((await firstsWithin(t, SHAPES["all different"], 2 ** 22, 1000)).spilled);
  t.false((await firstsWithin(t, SHAPES["all equal"], 4096, 1000)).spilled);
});

test("what a killed run left in the folder does not count", async (t) => {
  const folder = join(temporaryFolder(t), "firsts");
  mkdirSync(folder);
  for (const name of ["bits", "0-1", "0-63"]) writeFileSync(join(folder, name), Buffer.alloc(4096, 0xff));
  const finder = new FirstOccurrences({ folder, memoryBytes: 1024 });
  const hashes = SHAPES["few among many"];
  finder.add(hashes);
  const firsts = await finder.finish();
  t.deepEqual(
    Array.from(hashes, (_, i) => firsts.has(i)),
    firstsBySet(hashes),
  );
  firsts[Symbol.dispose]();
});

test("a finder that is given up, or whose signal is aborted, leaves no folder", async (t) => {
  const folder = join(temporaryFolder(t), "firsts");
  const givenUp = new FirstOccurrences({ folder, memoryBytes: 1024 });
  givenUp.add(SHAPES["all different"]);
  givenUp.close();
  t.false(existsSync(folder));

  const stopped = new FirstOccurrences({ folder, memoryBytes: 1024 });
  stopped.add(SHAPES["all different"]);
  const reason = new Error("enough");
  const error = await t.throwsAsync(stopped.finish(AbortSignal.abort(reason)));
  t.is(error, reason);
  t.false(existsSync(folder));
});

test("a folder that cannot be made is an error that names it", (t) => {
  const file = join(temporaryFolder(t), "file");
  writeFileSync(file, "");
  const error = t.throws(() => new FirstOccurrences({ folder: join(file, "firsts"), memoryBytes: 1024 }), {
    instanceOf: OutputError,
  });
  t.true(error?.message.startsWith(`${join(file, "firsts")}: `));
});
