import test from "ava";
import { DistinctTexts } from "../../../src/store/hashes/distinct-texts.js";

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
