/** Digits of any script, with the marks that part thousands and decimals between them. */
const NUMBER = /\p{Nd}+(?:[.,'’٫٬\u00a0\u202f]\p{Nd}+)*/gu;
const HAS_DIGIT = /\p{Nd}/u;
const OTHER_DIGIT = /[^\P{Nd}0-9]/gu;
/** At either end they say no more than how a number is written: 05, 5.0, 5 thousand. */
const OUTER_ZEROS = /^0+|0+$/g;

/** The numbers in a text, in its order: digits alone, in ASCII, without zeros at either end; 0 is "". */
export function numbersIn(text: string): string[] {
  if (!HAS_DIGIT.test(text)) return [];
  return (text.match(NUMBER) ?? []).map((number) =>
    number
      .replace(OTHER_DIGIT, asciiDigit)
      .replace(/[^0-9]/g, "")
      .replace(OUTER_ZEROS, ""),
  );
}

/** In every script the digits stand together, from 0 to 9; runs of several tens begin at a multiple of ten from the first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  let first = code;
  while (HAS_DIGIT.test(String.fromCodePoint(first - 1))) first--;
  return String((code - first) % 10);
}
