import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { RecordSorter } from "../../../src/store/arrays/record-sorter.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** 0 … 4999 in another order: 1,201 has no factor in common with 5,000. */
const shuffled = Array.from({ length: 5000 }, (_, i) => (i * 1201) % 5000);

for (const [where, memoryBytes] of [
  ["in memory", 2 ** 20],
  ["in a file, a few at a time", 4096],
  ["in a file, one at a time", 1],
] as const)
  test(`records come in ascending order of their keys, whatever is held: ${where}`, (t) => {
    const folder = temporaryFolder(t);
    const sorter = new RecordSorter({ path: join(folder, "records"), memoryBytes, width: 3, keys: 2 });
    for (const number of shuffled) sorter.add([Math.floor(number / 7), -(number % 7), 0.5 * number]);
    t.is(sorter.length, 5000);
    const found = Array.from(sorter.sorted(), (record) => [...record]);
    const byKeys = Array.from({ length: 5000 }, (_, i) => i).sort(
      (a, b) => Math.floor(a / 7) - Math.floor(b / 7) || (b % 7) - (a % 7),
    );
    t.deepEqual(
      found,
      byKeys.map((number) => [Math.floor(number / 7), -(number % 7), 0.5 * number]),
    );
    t.is(readdirSync(folder).length, memoryBytes === 2 ** 20 ? 0 : 1);
    sorter[Symbol.dispose]();
    t.deepEqual(readdirSync(folder), []);
  });

test("of no records there are none in order", (t) => {
  using sorter = new RecordSorter({ path: join(temporaryFolder(t), "a"), memoryBytes: 1, width: 1, keys: 1 });
  t.deepEqual([...sorter.sorted()], []);
});
