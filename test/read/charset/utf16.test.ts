import test from "ava";
import { decodeText } from "../../../src/read/charset/decode-text.js";
import { findUtf16 } from "../../../src/read/charset/utf16.js";

const TEXTS = {
  "a page": '<html><meta charset="utf-16"><p>今日はとても良い天気です。</p>',
  German: "Die Mühle steht seit drei Jahren still.\n",
  Russian: "Мельница стоит уже три года.\nВчера торжественно открыли порт.\n",
  Hindi: "चक्की तीन साल से बंद है।\nबंदरगाह कल खुला।\n",
  Chinese: "今天的天气非常好，我们去公园散步。\n一一一明天可能会下雨，请带上雨伞。\n",
  "an emoji where the sample ends": `${"x".repeat(2047)}😀${"x".repeat(99)}`,
};

for (const [what, text] of Object.entries(TEXTS)) {
  test(`${what} in UTF-16 without a mark is known by its zeros, and read`, (t) => {
    const le = Buffer.from(text, "utf16le");
    const be = Buffer.from(le).swap16();
    t.deepEqual([findUtf16(le), findUtf16(be)], ["utf-16le", "utf-16be"]);
    t.deepEqual(
      [decodeText(le).text, decodeText(be, "utf-8").text, decodeText(be, "utf-16").text],
      [text, text, text],
    );
  });
}

test("UTF-16 without a zero is taken on its header's word", (t) => {
  const bytes = Buffer.from("今天的天气非常好，我们去公园散步。", "utf16le");
  t.is(findUtf16(bytes), undefined);
  t.is(decodeText(bytes, "utf-16").text, "今天的天气非常好，我们去公园散步。");
});

test("what is said to be UTF-16 and is not is read as what it is", (t) => {
  for (const text of ["<p>plain text", "<p>Grüße"]) t.is(decodeText(Buffer.from(text), "utf-16").text, text);
});

test("neither numbers, nor other texts with a zero in them, are UTF-16", (t) => {
  const numbers = Buffer.from(Uint16Array.from({ length: 900 }, (_, i) => i).buffer);
  const latin = Buffer.from(`Grüße und Küsse\0${"für alle Mädchen ".repeat(40)}`, "latin1");
  const ascii = Buffer.from(`zeros\0${"in a plain text ".repeat(40)}`);
  for (const bytes of [numbers, latin, ascii, Buffer.alloc(0), Buffer.alloc(8)])
    t.is(findUtf16(bytes), undefined);
});
