/** Changing its case twice would take this letter of Turkish, which folds to itself, for i. */
const DOTLESS_I = "ı";

/** A character as Unicode folds its case in full: `ß` and `ẞ` are both `ss`, `ﬁ` is `fi`, `ς` is `σ`. */
export function foldCase(character: string): string {
  if (character === DOTLESS_I) return character;
  // One at a time: at the end of a word, a sigma would become another letter.
  return Array.from(character.toLowerCase().toUpperCase(), (one) => one.toLowerCase()).join("");
}

/**
 * A text as case-insensitive expressions compare it: each character by the one that it folds to, if it is one, so that
 * places stay what they are. İ and ı are i, as Python's `regex` has it.
 */
export function foldInPlace(text: string): string {
  return text.replace(/[^\0-\x40\x5b-\x7f]/gu, (character) => {
    if (character === "İ" || character === DOTLESS_I) return "i";
    const [lower, folded] = [character.toLowerCase(), foldCase(character)];
    return folded.length === character.length
      ? folded
      : lower.length === character.length
        ? lower
        : character;
  });
}
