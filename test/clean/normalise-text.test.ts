import test from "ava";
import { normaliseText } from "../../src/clean/normalise-text.js";

const CASES: [title: string, text: string, expected: string][] = [
  ["plain text stays as it is", "The gate is open.", "The gate is open."],
  ["spaces become one, at the ends none", "  a \t b\u00a0\u3000c\u2028d \n", "a b c d"],
  ["accents are composed", "cafe\u0301", "café"],
  ["Hangul is composed", "\u1112\u1161\u11ab", "한"],
  ["control characters go", "a\u0000b\u0007c\u009bd\u007f", "abcd"],
  ["a next-line control parts words", "a\u0085b", "a b"],
  ["soft hyphens and byte-order marks go", "\ufeffhy\u00adphen", "hyphen"],
  ["zero-width spaces part words", "a\u200bb", "a b"],
  ["word joiners and marks of direction go", "a\u2060b \u200fשלום\u200e", "ab שלום"],
  ["half a surrogate pair can be told", "a\ud800b", "a\ufffdb"],
  ["whole surrogate pairs stay", "a😀b", "a😀b"],
  ["a non-joiner amid Persian stays", "می\u200cکند", "می\u200cکند"],
  ["a joiner after a virama stays", "क्\u200dष", "क्\u200dष"],
  ["a joiner of emoji stays", "👩\u200d🚀", "👩\u200d🚀"],
  ["joiners amid Latin go", "a\u200cb\u200dc", "abc"],
  ["joiners at the end of a word go", "می\u200c کند\u200d", "می کند"],
  ["nothing is left of nothing", " \u200b\u00ad ", ""],
];

for (const [title, text, expected] of CASES) test(title, (t) => t.is(normaliseText(text), expected));

test("normalising twice is normalising once", (t) => {
  const all = CASES.map(([, text]) => text);
  for (const text of [...all, all.join(""), all.reverse().join("")])
    t.is(normaliseText(normaliseText(text)), normaliseText(text));
});

test("what is seen at once to be plain is what the whole way leaves as it is", (t) => {
  const other: string[] = [];
  for (let unit = 0; unit < 0xd800; unit++) {
    const text = `x${String.fromCharCode(unit)}x`;
    // An accent by itself takes the whole way.
    if (normaliseText(text) !== normaliseText(`e\u0301 ${text}`).slice(2)) other.push(unit.toString(16));
  }
  t.deepEqual(other, []);
});
