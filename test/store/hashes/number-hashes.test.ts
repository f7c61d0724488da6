import { readdirSync } from "node:fs";
import test from "ava";
import { NumberedHashes } from "../../../src/store/hashes/number-hashes.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** 3,000 hashes of 1,000 values: squares modulo a prime come again in no regular order. */
const hashes = Array.from({ length: 3000 }, (_, i) => ((i * i) % 1999) % 1000);

for (const memoryBytes of [2 ** 20, 4096])
  test(`hashes are numbered in the order in which they first come, with ${memoryBytes} bytes`, (t) => {
    const folder = temporaryFolder(t);
    const numbered = new NumberedHashes({ folder, memoryBytes });
    // The halves differ in one of both, or in the other.
    for (const hash of hashes) numbered.add(hash % 10, 2 ** 32 - 1 - Math.floor(hash / 10));
    const distinct = [...new Set(hashes)];
    const numbers = [...numbered.numbers()];
    t.deepEqual(
      numbers,
      hashes.map((hash) => distinct.indexOf(hash)),
    );
    numbered[Symbol.dispose]();
    t.deepEqual(readdirSync(folder), []);
  });
