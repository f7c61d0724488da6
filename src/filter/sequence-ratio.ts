/**
 * How alike two sequences are: twice the characters in matching blocks over all, 1 if both are empty (Ratcliff &
 * Obershelp; `difflib.SequenceMatcher.ratio` of Python, without its shortcut for sequences of 200 and more).
 */
export function sequenceRatio(a: string, b: string): number {
  if (a === b) return 1;
  return (2 * countMatches(a, 0, a.length, b, 0, b.length)) / (a.length + b.length);
}

/** Characters in the longest matching block and, on both sides of it, in theirs. */
function countMatches(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): number {
  let size = 0;
  let aAt = aFrom;
  let bAt = bFrom;
  for (let i = aFrom; i < aTo - size; i++) {
    for (let j = bFrom; j < bTo - size; j++) {
      let length = 0;
      while (i + length < aTo && j + length < bTo && a.charCodeAt(i + length) === b.charCodeAt(j + length))
        length++;
      if (length > size) [size, aAt, bAt] = [length, i, j];
    }
  }
  if (size === 0) return 0;
  return (
    size + countMatches(a, aFrom, aAt, b, bFrom, bAt) + countMatches(a, aAt + size, aTo, b, bAt + size, bTo)
  );
}
