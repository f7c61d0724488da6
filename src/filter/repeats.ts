import { endOfRun, startOfRun } from "./periods.js";

const LEAST_CHARACTERS = 8;
const LETTER = /\p{L}/u;
/** What stands before the first and after the last letter or digit of a word. */
const BEFORE = /^[^\p{L}\p{N}_]+/u;
const AFTER = /[^\p{L}\p{N}_]+$/u;

/** Whether some words of a text are said twice in a row, case aside, with at least eight characters in all. */
export function repeatsWords(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  for (let size = 1; 2 * size <= words.length; size++) {
    for (let start = 0; start + 2 * size <= words.length; start++) {
      if (follow(words, start, size)) return true;
    }
  }
  return false;
}

/** The first of the words may stand after a quote, and the last one before the end of a sentence when it comes again. */
function follow(words: readonly string[], start: number, size: number): boolean {
  const last = start + size - 1;
  for (let i = last; i >= start; i--) {
    const [word, again] = [words[i], words[i + size]];
    if (word === again) continue;
    const first = i === start ? word.replace(BEFORE, "") : word;
    if (first !== (i === last ? again.replace(AFTER, "") : again)) return false;
  }
  const text = words.slice(start, last + 1).join(" ");
  return 2 * text.length + 1 >= LEAST_CHARACTERS && LETTER.test(text);
}

/** Whether at least `least` characters of a text, a letter among them, are repeated in a row. */
export function repeatsCharacters(text: string, least: number): boolean {
  for (let period = least; 2 * period <= text.length; period++) {
    for (let at = period - 1; at + period < text.length; at += period) {
      if (text.charCodeAt(at) !== text.charCodeAt(at + period)) continue;
      const start = startOfRun(text, at, period);
      const end = endOfRun(text, at, period);
      if (end - start >= period && LETTER.test(text.slice(start, end + period))) return true;
    }
  }
  return false;
}
