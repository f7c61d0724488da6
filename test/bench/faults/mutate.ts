/** Changes something of a file; `next` gives numbers in [0, 1). */
type Mutation = (bytes: Buffer, next: () => number) => Buffer;

const whole = (next: () => number, end: number) => Math.floor(next() * end);

/** What readers of texts, numbers, trees and templates have stumbled over. */
const AWKWARD = [
  "",
  "\0",
  "\r",
  "\n\n",
  "\t\t\t",
  "\u2028",
  "\ud800",
  "\ufeff",
  "NaN",
  "-1",
  "1e999",
  "99999999999999999999",
  "9007199254740993",
  "null",
  "true",
  "[]",
  "{}",
  '"',
  "\\u0000",
  "constructor",
  "__proto__",
  "toString",
  "*alias",
  "&a [*a, *a, *a]",
  "!!js/function",
  "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>",
  "&amp;&#0;&nope;",
  "../../../../etc/hostname",
  "\u001b[2J",
  `${"[".repeat(3000)}`,
  `${'{"a":'.repeat(3000)}`,
  `${"<seg>".repeat(3000)}`,
  "x".repeat(70_000),
].map((text) => Buffer.from(text));

const splice = (bytes: Buffer, start: number, end: number, put: Buffer) =>
  Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(end)]);

export const flipBit: Mutation = (bytes, next) => {
  const flipped = Buffer.from(bytes);
  if (flipped.length > 0) flipped[whole(next, flipped.length)] ^= 1 << whole(next, 8);
  return flipped;
};

const flipBits: Mutation = (bytes, next) => {
  let flipped = bytes;
  for (let i = 0; i < 2 + whole(next, 30); i++) flipped = flipBit(flipped, next);
  return flipped;
};

const cut: Mutation = (bytes, next) => bytes.subarray(0, whole(next, bytes.length));

const behead: Mutation = (bytes, next) => bytes.subarray(whole(next, bytes.length));

const dropSlice: Mutation = (bytes, next) => {
  const start = whole(next, bytes.length);
  return splice(bytes, start, start + whole(next, 64), Buffer.alloc(0));
};

const repeatSlice: Mutation = (bytes, next) => {
  const start = whole(next, bytes.length);
  return splice(bytes, start, start, bytes.subarray(start, start + whole(next, 512)));
};

const moveSlice: Mutation = (bytes, next) => {
  const [from, to] = [whole(next, bytes.length), whole(next, bytes.length)];
  return splice(bytes, to, to, bytes.subarray(from, from + whole(next, 64)));
};

const zeroSlice: Mutation = (bytes, next) => {
  const start = whole(next, bytes.length);
  const end = Math.min(bytes.length, start + whole(next, 256));
  return splice(bytes, start, end, Buffer.alloc(end - start));
};

const putNoise: Mutation = (bytes, next) => {
  const start = whole(next, bytes.length);
  const noise = Buffer.from(Array.from({ length: 1 + whole(next, 40) }, () => whole(next, 256)));
  return splice(bytes, start, start + whole(next, 40), noise);
};

const putAwkward: Mutation = (bytes, next) => {
  const start = whole(next, bytes.length);
  return splice(bytes, start, start + whole(next, 8), AWKWARD[whole(next, AWKWARD.length)]);
};

/** All words of a large file would cost more memory than what reads it may. */
const NEAR_BYTES = 2048;

/** A word, a number or what stands in quotes becomes another: what stands around it stays sound. */
const replaceWord: Mutation = (bytes, next) => {
  const from = Math.max(0, whole(next, bytes.length) - NEAR_BYTES);
  // Latin-1 keeps every byte.
  const words = [...bytes.toString("latin1", from, from + 2 * NEAR_BYTES).matchAll(/[\w.+-]+/g)];
  if (words.length === 0) return putAwkward(bytes, next);
  const { index, 0: word } = words[whole(next, words.length)];
  const start = from + index;
  return splice(bytes, start, start + word.length, AWKWARD[whole(next, AWKWARD.length)]);
};

/** Four bytes become a large number, of either sign: lengths, counts and offsets of binary formats. */
const putLarge: Mutation = (bytes, next) => {
  const start = whole(next, bytes.length);
  return splice(bytes, start, start + 4, Buffer.from([0xff, 0xff, 0xff, next() < 0.5 ? 0x7f : 0xff]));
};

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  flipBits,
  cut,
  behead,
  dropSlice,
  repeatSlice,
  moveSlice,
  zeroSlice,
  putNoise,
  putAwkward,
  replaceWord,
  replaceWord,
  putLarge,
];

/** Other bytes than these, by one mutation or up to three. */
export function mutate(bytes: Buffer, next: () => number): Buffer {
  for (;;) {
    let mutant = bytes;
    for (let left = 1 + whole(next, 3); left > 0; left--) {
      if (next() < 0.5 && !mutant.equals(bytes)) break;
      mutant = MUTATIONS[whole(next, MUTATIONS.length)](mutant, next);
    }
    if (!mutant.equals(bytes)) return mutant;
  }
}
