import { isLongRepeat } from "./long-repeat.js";
import { endOfRun, startOfRun } from "./periods.js";

/** For longer texts, what stands at each place would take too long to look for. */
const LONG = 5000;

/**
 * Whether characters of a text are repeated at once, in at least `least` characters altogether: what `(.+)\1` finds in
 * Bicleaner's hard rules, which takes the longest repeat at each place, and goes on behind it. In a text of more than
 * 5,000 characters any repeat will do, also one that such a shorter one covers.
 */
export function repeatsCharacters(text: string, least: number): boolean {
  if (!mayRepeat(text, least)) return false;
  if (text.length > LONG) return true;
  const characters = Array.from(text);
  for (let start = 0; start < characters.length; ) {
    const length = longestRepeat(characters, start);
    if (isLongRepeat(characters.slice(start, start + 2 * length).join(""), least)) return true;
    start += Math.max(1, 2 * length);
  }
  return false;
}

/** How many characters from `start` are at once repeated; 0 if none are. */
function longestRepeat(characters: readonly string[], start: number): number {
  for (let length = (characters.length - start) >> 1; length > 0; length--) {
    let same = 0;
    while (same < length && characters[start + same] === characters[start + length + same]) same++;
    if (same === length) return length;
  }
  return 0;
}

/** Whether there is a long repeat anywhere, which takes n · log n steps to see. */
function mayRepeat(text: string, least: number): boolean {
  for (let period = Math.ceil(least / 2); 2 * period <= text.length; period++) {
    let end = 0;
    for (let at = period - 1; at + period < text.length; at += period) {
      if (at < end || text.charCodeAt(at) !== text.charCodeAt(at + period)) continue;
      const start = startOfRun(text, at, period);
      end = endOfRun(text, at, period);
      if (end - start >= period && isLongRepeat(text.slice(start, end + period), least)) return true;
    }
  }
  return false;
}
