import { asciiDigits } from "../text/ascii-digits.js";

/**
 * Digits of any script, with the marks that part thousands and decimals between them; a space parts
 * thousands alone, since it parts numbers, too.
 */
const NUMBER = /(?:\p{Nd}{1,3}(?: \p{Nd}{3})+(?!\p{Nd})|\p{Nd}+)(?:[.,'’٫٬\u00a0\u202f]\p{Nd}+)*/gu;
const HAS_DIGIT = /\p{Nd}/u;
/** At either end, these say only how a number is written: 05, 5.0, 5 thousand. */
const OUTER_ZEROS = /^0+|0+$/g;

/** The numbers in a text, in its order: digits alone, in ASCII, without zeros at either end; 0 is "". */
export function numbersIn(text: string): string[] {
  if (!HAS_DIGIT.test(text)) return [];
  return (text.match(NUMBER) ?? []).map((number) =>
    asciiDigits(number)
      .replace(/[^0-9]/g, "")
      .replace(OUTER_ZEROS, ""),
  );
}

/** How many numbers each side has left when those that both have are taken away; decades written 1980 and 80 match. */
export function countUnmatched(
  ours: readonly string[],
  theirs: readonly string[],
): [ours: number, theirs: number] {
  const others = [...theirs];
  const take = (isSame: (other: string) => boolean) => {
    const at = others.findIndex(isSame);
    if (at >= 0) others.splice(at, 1);
    return at >= 0;
  };
  const left = ours
    .filter((number) => !take((other) => other === number))
    .filter((number) => !take((other) => isDecade(number, other) || isDecade(other, number)));
  return [left.length, others.length];
}

const isDecade = (year: string, decade: string) =>
  /^(?:18|19|20)\d{1,2}$/.test(year) && year.slice(2) === decade;
