import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { Spill } from "../../../src/store/hashes/spill.js";
import { randomNumbers } from "../../random.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("equal hashes are found with the first place of each, whatever fits into memory", async (t) => {
  const next = randomNumbers(4);
  const hashes = Array.from({ length: 10_000 }, () => [
    Math.floor(next() * 300),
    Math.floor(next() * 20) * 2 ** 25,
  ]);
  const firsts = new Map<string, number>();
  const expected: string[] = [];
  for (const [place, hash] of hashes.entries()) {
    const first = firsts.get(hash.join());
    if (first === undefined) firsts.set(hash.join(), place);
    else expected.push(`${first} ${place}`);
  }
  for (const memory of [2 ** 10, 2 ** 15, 2 ** 24]) {
    const found: string[] = [];
    const spill = new Spill(
      { folder: temporaryFolder(t), memoryBytes: memory },
      { onAgain: (first, place) => found.push(`${first} ${place}`) },
    );
    for (const [place, [low, high]] of hashes.entries()) spill.add(low, high, place);
    await spill.finish();
    t.deepEqual(found.sort(), expected.toSorted(), `${memory} bytes`);
  }
});

const addMany = async (folder: string) => {
  const spill = new Spill({ folder, memoryBytes: 2 ** 10 }, {});
  for (let place = 0; place < 5000; place++) spill.add(place, place * 2 ** 19, place);
  await spill.finish();
};

test("a folder that is gone is an error that names it", async (t) => {
  const folder = join(temporaryFolder(t), "gone");
  await t.throwsAsync(addMany(folder), {
    instanceOf: OutputError,
    message: `${folder}: its folder does not exist. Make it first.`,
  });
});

(existsSync("/dev/full") ? test : test.skip)("a full disk is an error that says so", async (t) => {
  const folder = temporaryFolder(t);
  for (let part = 0; part < 64; part++) symlinkSync("/dev/full", join(folder, `0-${part}`));
  await t.throwsAsync(addMany(folder), { instanceOf: OutputError, message: /the disk is full/ });
});
