import test from "ava";
import { PackedTexts } from "../../../src/store/corpus/packed-texts.js";

test("PackedTexts gives back every text, across chunks and in any script", (t) => {
  const packed = new PackedTexts();
  // Together 50 MiB: more than three chunks; one text is larger than a chunk of its own.
  const texts = ["", "日本語", "🐟", "x".repeat(20 * 2 ** 20), ...Array<string>(3000).fill("é".repeat(5000))];
  for (const text of texts) packed.push(text);
  t.is(packed.length, texts.length);
  t.true(texts.every((text, i) => packed.get(i) === text));
});

test("a text that comes several times in a row takes the place of one", (t) => {
  const packed = new PackedTexts();
  for (const text of ["a", "b", "b", "b", "", "", "a"]) packed.push(text);
  t.deepEqual(
    Array.from({ length: packed.length }, (_, i) => packed.get(i)),
    ["a", "b", "b", "b", "", "", "a"],
  );
});
