import test from "ava";
import { InputError } from "../../src/errors.js";
import { printable } from "../../src/text/printable.js";

test("what a terminal obeys is escaped: controls, ends of lines, directions of writing, halves of characters", (t) => {
  const shown: [text: string, shown: string][] = [
    ["\x1b[31mred\x07", "\\u001b[31mred\\u0007"],
    ["two\nlines\r\tand \x7f", "two\\nlines\\r\\tand \\u007f"],
    ["\x9b2J\x85", "\\u009b2J\\u0085"],
    ["a\u202etxt.exe\u2069\u200f", "a\\u202etxt.exe\\u2069\\u200f"],
    ["\u2028 \u2029", "\\u2028 \\u2029"],
    ["\ud83d 😀 \ude00", "\\ud83d 😀 \\ude00"],
  ];
  for (const [text, expected] of shown) t.is(printable(text), expected);
});

test("letters of every script stay, with what joins them; so does a backslash", (t) => {
  for (const text of ["naïve – “ß” \\n", "می‌خواهم", "👩‍👩‍👧", "ﬁ\u00a0x"]) t.is(printable(text), text);
});

test("the middle of a long text is left out, between characters, and how much is told", (t) => {
  const text = `a${"😀".repeat(2000)}`;
  t.is(printable(text), `a${"😀".repeat(749)} … (2102 characters) … ${"😀".repeat(200)}`);
  t.is(printable("x".repeat(2000)), "x".repeat(2000));
});

test("what it gave stays as it is", (t) => {
  for (const text of ["\x1b\n", "\u0000".repeat(5000)]) t.is(printable(printable(text)), printable(text));
});

test("an error is as long as one text at most, be its place and its problem both long", (t) => {
  const { message } = new InputError({ path: "p".repeat(9000) }, "x".repeat(1990));
  t.true(message.length <= 2000, `${message.length}`);
  t.true(message.startsWith("ppp") && message.endsWith("xxx"));
});
