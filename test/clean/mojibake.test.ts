import { readFileSync } from "node:fs";
import test from "ava";
import { hasMojibake, repairMojibake } from "../../src/clean/mojibake.js";
import { testShared } from "../shared.js";

/** What windows-1252 shows for each byte from 0x80, its five gaps as controls, as every browser does. */
const UPPER = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** UTF-8 read as windows-1252, or as ISO 8859-1. */
function misread(text: string, as: "windows-1252" | "latin1" = "windows-1252"): string {
  const bytes = Buffer.from(text).toString("latin1");
  if (as === "latin1") return bytes;
  return bytes.replace(/[\x80-\x9f]/g, (control) => UPPER[control.charCodeAt(0) - 0x80]);
}

const TEXTS = [
  "Wer hat das Gartentor geöffnet?",
  "Ça, c’est déjà vu… où ?",
  "¿Quién dejó abierta la puerta?",
  "Kto wczoraj zostawił otwartą bramę?",
  "Паром отходит в семь.",
  "Ποιος άφησε την πόρτα;",
  "如果没有雾，渡轮七点开。",
  "ゆうべ、門を開けたのは誰？",
  "नाव सात बजे चलती है।",
  "כן, השער פתוח.",
  "It’s 5 € – “quoted”.",
  "A 😀 smile",
];

for (const text of TEXTS)
  test(`read as another character set, once or twice, it is repaired: ${text}`, (t) => {
    t.is(repairMojibake(misread(text)), text);
    t.is(repairMojibake(misread(text, "latin1")), text);
    t.is(repairMojibake(misread(misread(text))), text);
  });

test("text that is right stays as it is", (t) => {
  for (const text of [...TEXTS, "Spaß“", "« voilà\u00a0»", "IRMû", "é…»", "5 £ ½ €", "ÁÂÃÄ", "plain", ""]) {
    t.is(repairMojibake(text), text);
    t.false(hasMojibake(text), text);
  }
});

test("an à that lost its no-break space is repaired where another sign is", (t) => {
  t.is(repairMojibake("dÃ©jÃ vu"), "déjà vu");
});

test("the controls that quotation marks of windows-1252 became are set right", (t) => {
  t.is(repairMojibake("\u0093quoted\u0094 \u0096 5 \u0080"), "“quoted” – 5 €");
});

test("where a text has other letters too, it is told and left", (t) => {
  const text = "Ünal sagt: dÃ©jÃ vu";
  t.is(repairMojibake(text), text);
  t.true(hasMojibake(text));
});

testShared(
  "no sentence of Tatoeba is taken for mojibake, and nine in ten are repaired",
  "data/tatoeba",
  async (t, folder) => {
    let [high, repaired] = [0, 0];
    for (const language of ["ces", "deu", "fra", "hun", "jpn", "pol", "por", "rus", "tur", "vie"])
      for (const text of readFileSync(`${folder}/tatoeba.${language}-eng.${language}`, "utf8")
        .trimEnd()
        .split("\n")) {
        t.is(repairMojibake(text), text);
        if (hasMojibake(text)) t.fail(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: whatever is not ASCII
        if (!/[^\x00-\x7f]/.test(text)) continue;
        high++;
        if (repairMojibake(misread(text)) === text) repaired++;
      }
    t.true(repaired > 0.9 * high, `${repaired} of ${high}`);
  },
);
