import test from "ava";
import { LANGUAGE_LISTS } from "../../src/evaluate/language-lists.js";

for (const [name, size] of [
  ["14", 14],
  ["36", 36],
  ["CRISS", 16],
] as const) {
  test(`the list ${name} has ${size} different languages`, (t) => {
    t.is(new Set(LANGUAGE_LISTS[name]).size, size);
    t.is(LANGUAGE_LISTS[name].length, size);
  });
}
