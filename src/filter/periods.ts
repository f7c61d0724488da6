/**
 * Whether some part of a text may be repeated at least `times` times in a row, not counting spaces between. Only such a
 * text needs a regular expression with a back-reference, which tries every part at every place.
 *
 * Without spaces, a part of p characters that is repeated is a run of p · times places that equal the place p further
 * on, and every such run holds a multiple of its length: looking only at those takes n · log n steps. A part that is
 * shorter than `shortest` without its spaces must have the missing number of spaces each time.
 */
export function mayRepeat(text: string, shortest: number, longest: number, times: number): boolean {
  const packed = text.includes(" ") ? text.replaceAll(" ", "") : text;
  const first = packed.length === text.length ? shortest : 1;
  // A character of two UTF-16 units is a part of two units.
  const last = Math.min(2 * longest, Math.floor(packed.length / (times + 1)));
  for (let period = first; period <= last; period++) {
    const needed = period * times;
    for (let at = needed - 1; at + period < packed.length; at += needed) {
      if (packed.charCodeAt(at) !== packed.charCodeAt(at + period)) continue;
      const start = startOfRun(packed, at, period);
      const end = endOfRun(packed, at, period);
      if (end - start < needed) continue;
      const spaces = (shortest - period) * (times + 1);
      if (spaces <= 0 || spacesWithin(text, start, end + period) >= spaces) return true;
    }
  }
  return false;
}

/** Where the run of places that equal the place `period` further on begins, of which `at` is one. */
export function startOfRun(text: string, at: number, period: number): number {
  let start = at;
  while (start > 0 && text.charCodeAt(start - 1) === text.charCodeAt(start - 1 + period)) start--;
  return start;
}

/** The place after that run. */
export function endOfRun(text: string, at: number, period: number): number {
  let end = at + 1;
  while (end + period < text.length && text.charCodeAt(end) === text.charCodeAt(end + period)) end++;
  return end;
}

/** How many spaces stand behind the character at `start` and before that at `end`, places counted without spaces. */
function spacesWithin(text: string, start: number, end: number): number {
  let packed = 0;
  let spaces = 0;
  for (let i = 0; i < text.length && packed <= end; i++) {
    if (text[i] !== " ") packed++;
    else if (packed > start) spaces++;
  }
  return spaces;
}
