import test from "ava";
import { codeUnitsOf } from "../../src/text/code-units.js";

test("units are those of charCodeAt, halves of surrogate pairs among them, of texts of any length", (t) => {
  for (const text of ["", "aé日𝒳", "half \ud83d a pair", "long 日本 ".repeat(9000), "short again"]) {
    const expected = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    t.deepEqual([...codeUnitsOf(text).subarray(0, text.length)], expected);
  }
});
