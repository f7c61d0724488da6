import { codesOf } from "../text/code-points.js";
import { classOf, DIGIT, LETTER, LOGOGRAPHIC, PUNCTUATION, SPACE, SYLLABIC, UNSPACED } from "./characters.js";

/** How much of what a text holds. Characters are Unicode code points, words what stands between spaces. */
export interface TextCounts {
  characters: number;
  /** Characters that are no spaces. */
  inWords: number;
  words: number;
  /** Characters of the longest word. */
  longestWord: number;
  /** The same, where each character of scripts without spaces between words is a word. */
  longestParted: number;
  /** Characters, with kana and Hangul counted twice and Han three times. */
  weighted: number;
  letters: number;
  digits: number;
  punctuation: number;
}

/** A text, and what several rules ask about it: each fact is computed when it is first asked for, and then kept. */
export class TextFacts {
  private counted?: TextCounts;
  private points?: Uint32Array;

  constructor(readonly text: string) {}

  get counts(): TextCounts {
    this.counted ??= count(this.text);
    return this.counted;
  }

  /** Its characters by code point. */
  get codes(): Uint32Array {
    this.points ??= codesOf(this.text);
    return this.points;
  }
}

function count(text: string): TextCounts {
  let characters = 0;
  let spaces = 0;
  let words = 0;
  let longestWord = 0;
  let longestParted = 0;
  let parted = 0;
  let extra = 0;
  let letters = 0;
  let digits = 0;
  let punctuation = 0;
  let word = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00) {
      code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
    }
    const bits = classOf(code);
    characters++;
    if (bits & SPACE) {
      spaces++;
      if (word > longestWord) longestWord = word;
      word = 0;
      parted = 0;
      continue;
    }
    if (word++ === 0) words++;
    parted = bits & UNSPACED ? 0 : parted + 1;
    if (parted > longestParted) longestParted = parted;
    if (bits & SYLLABIC) extra++;
    else if (bits & LOGOGRAPHIC) extra += 2;
    if (bits & LETTER) letters++;
    else if (bits & DIGIT) digits++;
    else if (bits & PUNCTUATION) punctuation++;
  }
  return {
    characters,
    inWords: characters - spaces,
    words,
    longestWord: Math.max(longestWord, word),
    longestParted,
    weighted: characters + extra,
    letters,
    digits,
    punctuation,
  };
}
