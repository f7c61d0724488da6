import { asciiDigits } from "../text/ascii-digits.js";

/**
 * Digits of any script, with the marks that part thousands and decimals between them; a space and a full-width comma part
 * thousands alone, since they part numbers, too.
 */
const NUMBER = /(?:\p{Nd}{1,3}(?:[ ，]\p{Nd}{3})+(?!\p{Nd})|\p{Nd}+)(?:[.,'’．،٫٬\u00a0\u202f]\p{Nd}+)*/gu;
const HAS_DIGIT = /\p{Nd}/u;
/** At either end, these say only how a number is written: 05, 5.0, 5 thousand. */
const OUTER_ZEROS = /^0+|0+$/g;
/** What may be a time, or a day: 2.30, 1.4.2001. */
const CLOCK_OR_DATE =
  /^(?:(?:[01]?\d|2[0-4])[.．][0-5]\d|\d{1,2}[.．]\d{1,2}[.．]\d{2,4}|\d{4}[.．]\d{1,2}[.．]\d{1,2})$/;

/** A number in a text. */
export interface NumberInText {
  /** Digits alone, in ASCII, without zeros at either end; 0 is "". */
  digits: string;
  /** The same of each of its parts, in order of their digits, if others may write it as several numbers: 2:30, 2001-04-01. */
  parts?: readonly string[];
}

/** The numbers in a text, in its order. */
export function numbersIn(text: string): NumberInText[] {
  if (!HAS_DIGIT.test(text)) return [];
  return (text.match(NUMBER) ?? []).map((found) => {
    const number = asciiDigits(found);
    const parts = number.split(CLOCK_OR_DATE.test(number) ? /[.．]/ : /[，،]/);
    return { digits: bare(number), ...(parts.length > 1 && { parts: parts.map(bare).sort() }) };
  });
}

const bare = (number: string) => number.replace(/[^0-9]/g, "").replace(OUTER_ZEROS, "");

/**
 * How many numbers each side has left when those that both have are taken away; decades written 1980 and 80 match, and so do
 * times, days and lists that one side writes as one number, and the other as several.
 */
export function countUnmatched(
  ours: readonly NumberInText[],
  theirs: readonly NumberInText[],
): [ours: number, theirs: number] {
  let [left, others] = [[...ours], [...theirs]];
  for (const isSame of [hasSameDigits, isDecade, hasSameParts])
    [left, others] = without(left, others, isSame);
  [left, others] = withoutParted(left, others);
  [others, left] = withoutParted(others, left);
  return [left.length, others.length];
}

type Sides = [ours: NumberInText[], theirs: NumberInText[]];

/** Takes numbers away that are the same on both sides. */
function without(
  ours: readonly NumberInText[],
  theirs: readonly NumberInText[],
  isSame: (a: NumberInText, b: NumberInText) => boolean,
): Sides {
  const others = [...theirs];
  const left = ours.filter((number) => {
    const at = others.findIndex((other) => isSame(number, other));
    if (at >= 0) others.splice(at, 1);
    return at < 0;
  });
  return [left, others];
}

/** Takes numbers away that ours have as one, and theirs as several. */
function withoutParted(ours: readonly NumberInText[], theirs: readonly NumberInText[]): Sides {
  let others = [...theirs];
  const left = ours.filter(({ parts }) => {
    if (!parts) return true;
    const [missing, rest] = without(
      parts.map((digits) => ({ digits })),
      others,
      hasSameDigits,
    );
    if (missing.length === 0) others = rest;
    return missing.length > 0;
  });
  return [left, others];
}

const hasSameDigits = (a: NumberInText, b: NumberInText) => a.digits === b.digits;

const hasSameParts = (a: NumberInText, b: NumberInText) =>
  a.parts !== undefined && a.parts.join() === b.parts?.join();

const isDecade = (a: NumberInText, b: NumberInText) =>
  isDecadeOf(a.digits, b.digits) || isDecadeOf(b.digits, a.digits);

const isDecadeOf = (year: string, decade: string) =>
  /^(?:18|19|20)\d{1,2}$/.test(year) && year.slice(2) === decade;
