/** What a character is, as bits; none of them is what is left over. */
export const SPACE = 1;
export const LETTER = 2;
export const DIGIT = 4;
export const PUNCTUATION = 8;
/** Of scripts that do not part words by spaces: each such character counts as a token of its own. */
export const UNSPACED = 16;

/** Scripts in which a character says about as much as two, or three, of an alphabet: a syllable, a word. */
export const SYLLABIC = 32;
export const LOGOGRAPHIC = 64;

/** Spaces are those at which Python's `split()` parts words; letters are Unicode's Alphabetic, as in OpusFilter. */
const CLASSES: readonly (readonly [bit: number, characters: RegExp])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the separators of ASCII are among them.
  [SPACE, /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u],
  [LETTER, /\p{Alphabetic}/u],
  [DIGIT, /\p{Nd}/u],
  [PUNCTUATION, /[\p{P}\p{S}]/u],
  [
    UNSPACED,
    /(?=\p{Alphabetic})[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmr}\p{Script=Mymr}]/u,
  ],
  [SYLLABIC, /[\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]/u],
  [LOGOGRAPHIC, /\p{Script=Han}/u],
];

/** Set for every character that has been looked at, so that 0 means not yet. */
const SEEN = 128;

const basicPlane = new Uint8Array(0x10000);
const otherPlanes = new Map<number, number>();

/** The bits of a character by its code point. */
export function classOf(code: number): number {
  if (code < basicPlane.length) return basicPlane[code] || learn(code);
  const found = otherPlanes.get(code);
  if (found !== undefined) return found;
  const bits = classify(code);
  otherPlanes.set(code, bits);
  return bits;
}

function learn(code: number): number {
  basicPlane[code] = classify(code);
  return basicPlane[code];
}

function classify(code: number): number {
  const character = String.fromCodePoint(code);
  return CLASSES.reduce((bits, [bit, characters]) => (characters.test(character) ? bits | bit : bits), SEEN);
}
