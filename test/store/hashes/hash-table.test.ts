import test from "ava";
import { DistinctTexts } from "../../../src/store/hashes/distinct-texts.js";
import { HashTable } from "../../../src/store/hashes/hash-table.js";

test("a hash keeps the value that it first came with, however the table grows", (t) => {
  const table = new HashTable({ values: true });
  const keys = Array.from({ length: 5000 }, (_, i) => [i % 100, Math.floor(i / 100) * 2 ** 25]);
  for (const [i, [low, high]] of keys.entries()) t.is(table.add(low, high, i), "added");
  for (const [low, high] of keys) t.is(table.add(low, high, 7), "there");
  t.deepEqual(
    keys.map(([low, high]) => table.get(low, high)),
    [...keys.keys()],
  );
  t.is(table.size, 5000);
  t.is(table.get(100, 0), undefined);
});

test("zeros are a hash as any other, and halves may be signed", (t) => {
  const table = new HashTable({ values: true });
  t.false(table.has(0, 0));
  t.is(table.add(0, 0, 2 ** 32 - 1), "added");
  t.is(table.get(0, 0), 2 ** 32 - 1);
  table.add(-1, -2, 5);
  t.is(table.get(0xffffffff, 0xfffffffe), 5);
});

test("a table that is full takes no other hash, and still knows its own", (t) => {
  const table = new HashTable({ bytes: 1024 });
  let count = 0;
  while (table.add(count, 1) === "added") count++;
  // 128 slots of 8 bytes, of which seven tenths are filled.
  t.is(count, 89);
  t.is(table.add(count, 1), "full");
  t.is(table.add(3, 1), "there");
  t.false(table.has(count, 1));
});

test("DistinctTexts numbers texts in the order they first come", async (t) => {
  const distinct = await DistinctTexts.create();
  t.deepEqual(
    ["b", "a", "b", "", "a", "c"].map((text) => distinct.add(text)),
    [0, 1, 0, 2, 1, 3],
  );
  t.is(distinct.size, 4);
});

test("DistinctTexts keeps its numbers while it grows", async (t) => {
  const distinct = await DistinctTexts.create();
  const texts = Array.from({ length: 20_000 }, (_, i) => `sentence ${i}`);
  for (const text of texts) distinct.add(text);
  t.deepEqual(
    texts.map((text) => distinct.add(text)),
    [...texts.keys()],
  );
  t.is(distinct.size, texts.length);
});
