import test from "ava";
import { copyKey, lettersOf } from "../../src/clean/copies.js";

test("case, width, spacing and punctuation do not make a copy another text", (t) => {
  t.is(copyKey("Fort Belisar, 1913!"), copyKey("FORT  BELISAR – １９１３"));
});

test("another number or an accent does", (t) => {
  t.not(copyKey("Fort Belisar, 1913"), copyKey("Fort Belisar, 1914"));
  t.not(copyKey("resume"), copyKey("résumé"));
});

test("texts of punctuation alone are copies only of themselves", (t) => {
  t.not(copyKey("!!!"), copyKey("???"));
  t.is(copyKey("!!!"), copyKey("!!!"));
});

test("what texts with other numbers have in common is their letters", (t) => {
  t.is(lettersOf("Kapitel 3: Die Mühle"), lettersOf("kapitel 12 – DIE MÜHLE"));
  t.not(lettersOf("Kapitel 3"), lettersOf("Chapter 3"));
  t.is(lettersOf("1918–1920!"), "");
});
