import test from "ava";
import { unitsOf } from "../../src/text/units.js";

test("units are those of charCodeAt, halves of surrogate pairs among them, of texts of any length", (t) => {
  for (const text of ["", "aé日𝒳", "half \ud83d a pair", "long 日本 ".repeat(3000), "short again"]) {
    const expected = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    t.deepEqual([...unitsOf(text).subarray(0, text.length)], expected);
  }
});
