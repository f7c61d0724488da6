/**
 * How alike two sequences are: twice the characters in matching blocks over all, 1 if both are empty (Ratcliff &
 * Obershelp; `difflib.SequenceMatcher.ratio` of Python, without its shortcut for sequences of 200 and more).
 */
export function sequenceRatio(a: string, b: string): number {
  if (a === b) return 1;
  return (2 * countMatches(a, b)) / (a.length + b.length);
}

/** Characters in the longest matching block and, on both sides of it, in theirs. */
function countMatches(a: string, b: string): number {
  let size = 0;
  let aAt = 0;
  let bAt = 0;
  for (let i = 0; i < a.length - size; i++) {
    for (let j = 0; j < b.length - size; j++) {
      let length = 0;
      while (
        i + length < a.length &&
        j + length < b.length &&
        a.charCodeAt(i + length) === b.charCodeAt(j + length)
      )
        length++;
      if (length > size) [size, aAt, bAt] = [length, i, j];
    }
  }
  if (size === 0) return 0;
  const before = countMatches(a.slice(0, aAt), b.slice(0, bAt));
  return before + size + countMatches(a.slice(aAt + size), b.slice(bAt + size));
}
