/**
 * Whether some part of a text, of up to `longest` characters, follows itself at least `times` times, spaces not counted:
 * what a regular expression with a back-reference finds only by trying every part at every place.
 *
 * A part of p characters that follows itself is a run of p · times places which equal the place p further on, and every
 * such run holds a multiple of its length: only those are looked at, which takes n · log n steps.
 */
export function hasPeriod(text: string, longest: number, times: number): boolean {
  const packed = text.includes(" ") ? text.replaceAll(" ", "") : text;
  // A character of two units is a part of two.
  const largest = Math.min(2 * longest, Math.floor(packed.length / (times + 1)));
  for (let period = 1; period <= largest; period++) {
    const needed = period * times;
    for (let at = needed - 1; at + period < packed.length; at += needed) {
      if (packed.charCodeAt(at) !== packed.charCodeAt(at + period)) continue;
      if (runAround(packed, at, period, needed) >= needed) return true;
    }
  }
  return false;
}

/** The length of the run of equal places around `at`, or `enough`. */
function runAround(text: string, at: number, period: number, enough: number): number {
  let first = at;
  while (
    first > 0 &&
    at - first < enough &&
    text.charCodeAt(first - 1) === text.charCodeAt(first - 1 + period)
  )
    first--;
  let next = at + 1;
  while (
    next + period < text.length &&
    next - first < enough &&
    text.charCodeAt(next) === text.charCodeAt(next + period)
  )
    next++;
  return next - first;
}
