/** Ends of sentences that splitters do not know: of Khmer and Tibetan. */
const MISSED_ENDS: Readonly<Record<string, RegExp>> = {
  bo: /(?<=[།༎])\s+/u,
  dz: /(?<=[།༎])\s+/u,
  km: /(?<=[។៕])/u,
};

/**
 * Thai and Lao have no mark for the end of a sentence: a space is between sentences, but between phrases too. A space
 * between two of their letters is taken for an end once there are so many characters before it.
 */
const LEAST_BEFORE_SPACE = 25;
const SPACES: Readonly<Record<string, RegExp>> = {
  lo: /(?<=[\p{Script=Lao}\p{M}])\s+(?=\p{Script=Lao})/u,
  th: /(?<=[\p{Script=Thai}\p{M}])\s+(?=\p{Script=Thai})/u,
};

/** Cuts a sentence where a splitter missed an end. */
export type CutMissed = (sentence: string) => string[];

/** Nothing for a language whose ends splitters know. */
export function openCutMissed(language: string): CutMissed | undefined {
  const ends = Object.hasOwn(MISSED_ENDS, language) ? MISSED_ENDS[language] : undefined;
  if (ends) return (sentence) => sentence.split(ends);
  const spaces = Object.hasOwn(SPACES, language) ? SPACES[language] : undefined;
  return spaces && ((sentence) => cutAtSpaces(sentence, spaces));
}

function cutAtSpaces(sentence: string, spaces: RegExp): string[] {
  const pieces: string[] = [];
  for (const phrase of sentence.split(spaces)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length < LEAST_BEFORE_SPACE) pieces[pieces.length - 1] += ` ${phrase}`;
    else pieces.push(phrase);
  }
  return pieces;
}
