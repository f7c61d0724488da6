import test from "ava";
import { type CleanOptions, clean } from "../../src/clean/clean.js";
import type { Sentence } from "../../src/types/texts.js";

async function cleanTexts(texts: string[], options: CleanOptions = {}) {
  const counts = { lines: 0, lastLine: 0, blank: 0, tooShort: 0, tooLong: 0 };
  async function* batches() {
    yield texts.map((text, i): Sentence => ({ text, line: i + 1 }));
  }
  const kept: Sentence[] = [];
  for await (const batch of clean(batches(), options, counts)) kept.push(...batch);
  return { kept, counts };
}

test("clean leaves out blank lines, counts them, and keeps line numbers", async (t) => {
  const { kept, counts } = await cleanTexts(["a", "", " \t ", "\u00a0", "b"]);
  t.deepEqual(kept, [
    { text: "a", line: 1 },
    { text: "b", line: 5 },
  ]);
  t.deepEqual(counts, { lines: 5, lastLine: 5, blank: 3, tooShort: 0, tooLong: 0 });
});

test("clean trims white space around a sentence and keeps what is inside", async (t) => {
  const { kept } = await cleanTexts(["  two  words\u3000"]);
  t.is(kept[0].text, "two  words");
});

test("lengths are Unicode characters, not UTF-16 units", async (t) => {
  const { kept, counts } = await cleanTexts(["🐟🐟", "🐟🐟🐟", "🐟🐟🐟🐟"], {
    minCharacters: 3,
    maxCharacters: 3,
  });
  t.deepEqual(
    kept.map(({ text }) => text),
    ["🐟🐟🐟"],
  );
  t.is(counts.tooShort, 1);
  t.is(counts.tooLong, 1);
});
