import test from "ava";
import { foldCapitals } from "../../../src/clean/language/fold-case.js";

test("a text with more capitals than small letters becomes small, letters of two units among them", (t) => {
  t.is(foldCapitals("DAS IST EIN SATZ."), "das ist ein satz.");
  t.is(foldCapitals("𐐀𐐁 𐐨"), "𐐨𐐩 𐐨");
});

test("a text with as many small letters as capitals, or with one capital alone, stays", (t) => {
  for (const text of ["Aa Bb", "A", "Ein Satz.", "𐐀𐐨 𐐁𐐩", "12 – 34", ""]) t.is(foldCapitals(text), text);
});
