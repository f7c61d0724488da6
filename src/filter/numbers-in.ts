import { asciiDigits } from "../text/ascii-digits.js";

/**
 * Digits of any script, with the marks that part thousands and decimals between them; a space and a full-width comma part
 * thousands alone, since they part numbers, too.
 */
const NUMBER = /(?:\p{Nd}{1,3}(?:[ ，]\p{Nd}{3})+(?!\p{Nd})|\p{Nd}+)(?:[.,'’．،٫٬\u00a0\u202f]\p{Nd}+)*/gu;
const HAS_DIGIT = /\p{Nd}/u;
/** At either end, these say only how a number is written: 05, 5.0, 5 thousand. */
const OUTER_ZEROS = /^0+|0+$/g;
/** What may be a time: 2.30. */
const CLOCK = /^([01]?[0-9]|2[0-4])[.．]([0-5][0-9])$/;

/** A number in a text. */
export interface NumberInText {
  /** Digits alone, in ASCII, without zeros at either end; 0 is "". */
  digits: string;
  /** The same of its hour and its minute, if it may be a time: others write it as two numbers, 2:30. */
  clock?: readonly [hour: string, minute: string];
}

/** The numbers in a text, in its order. */
export function numbersIn(text: string): NumberInText[] {
  if (!HAS_DIGIT.test(text)) return [];
  return (text.match(NUMBER) ?? []).map((found) => {
    const number = asciiDigits(found);
    const clock = CLOCK.exec(number);
    return {
      digits: bare(number),
      ...(clock && { clock: [bare(clock[1]), bare(clock[2])] as const }),
    };
  });
}

const bare = (number: string) => number.replace(/[^0-9]/g, "").replace(OUTER_ZEROS, "");

/**
 * How many numbers each side has left when those that both have are taken away; decades written 1980 and 80 match, and times
 * written 2.30 and 2:30.
 */
export function countUnmatched(
  ours: readonly NumberInText[],
  theirs: readonly NumberInText[],
): [ours: number, theirs: number] {
  let [left, others] = [[...ours], [...theirs]];
  for (const isSame of [isEqual, isDecade]) [left, others] = without(left, others, isSame);
  [left, others] = withoutClocks(left, others);
  [others, left] = withoutClocks(others, left);
  return [left.length, others.length];
}

type Sides = [ours: NumberInText[], theirs: NumberInText[]];

/** Takes numbers away that are the same on both sides. */
function without(
  ours: readonly NumberInText[],
  theirs: readonly NumberInText[],
  isSame: (a: string, b: string) => boolean,
): Sides {
  const others = [...theirs];
  const left = ours.filter(({ digits }) => {
    const at = others.findIndex((other) => isSame(digits, other.digits));
    if (at >= 0) others.splice(at, 1);
    return at < 0;
  });
  return [left, others];
}

/** Takes times away that ours have as one number, and theirs as two. */
function withoutClocks(ours: readonly NumberInText[], theirs: readonly NumberInText[]): Sides {
  const others = [...theirs];
  const left = ours.filter(({ clock }) => {
    const at = clock
      ? others.findIndex(({ digits }, i) => digits === clock[0] && others[i + 1]?.digits === clock[1])
      : -1;
    if (at >= 0) others.splice(at, 2);
    return at < 0;
  });
  return [left, others];
}

const isEqual = (a: string, b: string) => a === b;

const isDecade = (a: string, b: string) => isDecadeOf(a, b) || isDecadeOf(b, a);

const isDecadeOf = (year: string, decade: string) =>
  /^(?:18|19|20)\d{1,2}$/.test(year) && year.slice(2) === decade;
