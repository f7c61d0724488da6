import { asciiDigits } from "./ascii-digits.js";

/** Characters without a width, such as soft hyphens, joiners and variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;
/** What is neither letter nor digit, with the marks that stand on it; a letter's marks make it another letter. */
const SIGNS = /(?:^|[^\p{L}\p{M}\p{N}])[^\p{L}\p{N}]*/gu;
const NUMBERS = /\p{N}\p{M}*/gu;
const SPACES = /\s+/gu;
const IS_ASCII = /^[\0-\x7f]*$/;

/**
 * What texts of the same letters and digits have in common, whatever their case, width, script of digits, spacing and
 * punctuation. A text that has neither is compared by its signs.
 *
 * This is the one definition of a copy: two texts are copies of each other where their keys are equal.
 */
export function copyKey(text: string): string {
  const folded = fold(text);
  return withoutSigns(folded) || folded.replace(SPACES, "");
}

/** What texts that differ in numbers, too, have in common: the letters of `copyKey`, or the key where there are none. */
export function nearKey(text: string): string {
  return lettersOf(text) || copyKey(text);
}

/** The letters of a text's `copyKey`; none where it has none. */
export function lettersOf(text: string): string {
  return withoutSigns(fold(text)).replace(NUMBERS, "");
}

/** What texts are compared by: all of them, or near ones by `nearKey`. */
export function comparedBy(near = false): (text: string) => string {
  return near ? nearKey : (text) => text;
}

function withoutSigns(folded: string): string {
  return folded.replace(SIGNS, "");
}

/** Compatibility forms and case folded as in Unicode's NFKC_Casefold, and Turkish dotted and dotless i as one, too. */
function fold(text: string): string {
  if (IS_ASCII.test(text)) return text.toLowerCase();
  const visible = text.normalize("NFKC").replace(INVISIBLE, "");
  return foldCase(asciiDigits(visible)).normalize("NFKC");
}

/** By way of capitals ß becomes ss; what is lower case alone is not yet folded, such as a final sigma. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").replaceAll("i\u0307", "i");
}
