import { foldInPlace } from "../text/case-folds.js";
import { WORD_CHARACTERS } from "../text/word-character.js";
import { isLongRepeat } from "./long-repeat.js";

/** Characters of both times and what is between. */
const LEAST = 8;
const WORD = new RegExp(`[${WORD_CHARACTERS}]+`, "gu");
const IS_WORD = new RegExp(`[${WORD_CHARACTERS}]`, "u");
const SPACE = /\p{White_Space}/u;

/**
 * Whether words of a text are said twice with nothing but spaces between, case aside: what `(\b\S+(.+))\s+\b\1\b` finds
 * in Bicleaner's hard rules, which takes the longest repeat that begins at a word, and goes on behind it.
 */
export function repeatsWords(text: string): boolean {
  const folded = foldInPlace(text);
  const words = [...folded.matchAll(WORD)].map(({ 0: word, index }) => ({ word, index }));
  const behindSpaces = new Map<string, number[]>();
  for (const { word, index } of words)
    if (index > 0 && SPACE.test(folded[index - 1]))
      behindSpaces.set(word, [...(behindSpaces.get(word) ?? []), index]);
  let from = 0;
  for (const { word, index } of words) {
    if (index < from) continue;
    const end = endOfRepeat(folded, index, behindSpaces.get(word) ?? []);
    if (end === undefined) continue;
    if (isLongRepeat(folded.slice(index, end), LEAST)) return true;
    from = end;
  }
  return false;
}

/** @param again where the word at `start` stands behind a space, in their order */
function endOfRepeat(text: string, start: number, again: readonly number[]): number | undefined {
  for (let i = again.length - 1; i >= 0 && again[i] > start; i--) {
    // What is repeated may end with spaces, too, as long as one is left.
    for (let end = again[i] - 1; end >= start + 2 && SPACE.test(text[end]); end--) {
      const last = again[i] + end - start;
      if (text.startsWith(text.slice(start, end), again[i]) && isEdge(text, last)) return last;
    }
  }
  return undefined;
}

/** Whether a word begins or ends here. */
function isEdge(text: string, at: number): boolean {
  const before = String.fromCodePoint(
    text.codePointAt(at - 2)! > 0xffff ? text.codePointAt(at - 2)! : text.charCodeAt(at - 1),
  );
  return (
    IS_WORD.test(before) !== (at < text.length && IS_WORD.test(String.fromCodePoint(text.codePointAt(at)!)))
  );
}
