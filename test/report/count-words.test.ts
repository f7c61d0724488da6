import test from "ava";
import { countWords } from "../../src/report/count-words.js";

for (const [text, words] of [
  ["", 0],
  ["  The harbour\tis  closed. ", 4],
  ["Съешь ещё этих булок", 4],
  ["كتاب جديد", 2],
  ["東京に行きます。", 7],
  ["新しい PC を 2 台", 7],
  ["สวัสดี", 6],
  ["𠮷野家", 3],
] as const)
  test(`${JSON.stringify(text)} has ${words} words`, (t) => {
    t.is(countWords(text), words);
  });
