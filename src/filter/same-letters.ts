import { classOf, LETTER } from "./characters.js";

/**
 * Whether two texts have the same letters in the same order, whatever their case and all other characters. As in
 * Bicleaner, and so not by `copyKey`: letters are Unicode's Alphabetic, to which the tone marks of Thai do not belong.
 */
export function haveSameLetters(a: string, b: string): boolean {
  let i = 0;
  let j = 0;
  for (;;) {
    i = nextLetter(a, i);
    j = nextLetter(b, j);
    if (i === a.length || j === b.length) return i === a.length && j === b.length;
    const [x, y] = [a.codePointAt(i)!, b.codePointAt(j)!];
    if (x !== y && lower(x) !== lower(y)) return false;
    i += x > 0xffff ? 2 : 1;
    j += y > 0xffff ? 2 : 1;
  }
}

function nextLetter(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    if (classOf(code) & LETTER) break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

const lower = (code: number) => String.fromCodePoint(code).toLowerCase();
