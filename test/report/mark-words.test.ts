import test from "ava";
import { markWords } from "../../src/report/page/mark-words.js";

const marked = (text: string, other: string) =>
  markWords(text, other).flatMap(({ text, kind }) => (kind === "plain" ? [] : [[text, kind]]));

test("numbers of both sides are told from those of one, however they are written", (t) => {
  t.deepEqual(marked("1.000 Schafe, 17,5 kg am 3. Mai 1987", "1,000 sheep, 17.5 kg, May 3, 1978"), [
    ["1.000", "shared-number"],
    ["17,5", "shared-number"],
    ["3", "shared-number"],
    ["1987", "odd-number"],
  ]);
  t.deepEqual(marked("عام ١٩٨٧", "In 1987"), [["١٩٨٧", "shared-number"]]);
});

test("numbers and words are found among letters that no spaces part", (t) => {
  t.deepEqual(marked("コースには18のUPSがあり、4分です。", "The course has 18 UPS"), [
    ["18", "shared-number"],
    ["UPS", "copied"],
    ["4", "odd-number"],
  ]);
  t.deepEqual(marked("东京的MCC950", "东京 MCC950"), [["MCC950", "copied"]]);
});

test("words of both sides are marked in any case, but for short ones", (t) => {
  t.deepEqual(marked("Das Café Albatros in Larkmoor", "the CAFÉ albatros in town"), [
    ["Café", "copied"],
    ["Albatros", "copied"],
  ]);
});

test("the pieces are the text", (t) => {
  for (const text of ["", "a", "12", "<b>bold</b> 7 & x", "東京 2020 年", "x 1, y 2."])
    t.is(
      markWords(text, "7 bold y")
        .map((piece) => piece.text)
        .join(""),
      text,
    );
});
