/** Scripts that are written without spaces between words. */
const NO_SPACES: readonly (readonly [first: number, last: number])[] = [
  [0x0e00, 0x0eff], // Thai, Lao
  [0x1000, 0x109f], // Myanmar
  [0x1780, 0x17ff], // Khmer
  [0x3040, 0x30ff], // Hiragana, Katakana
  [0x3400, 0x4dbf], // Han
  [0x4e00, 0x9fff],
  [0xd840, 0xd87f], // the first halves of Han beyond
  [0xf900, 0xfaff],
];

/** Words of a text: what spaces part; where a script has none between words, its characters count. */
export function countWords(text: string): number {
  let words = 0;
  let isInWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) isInWord = false;
    else if (code >= 0x0e00 && NO_SPACES.some(([first, last]) => code >= first && code <= last)) {
      words++;
      isInWord = false;
    } else if (!isInWord && !isRestOfCharacter(code)) {
      words++;
      isInWord = true;
    }
  }
  return words;
}

function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x3000
  );
}

/** The second half of a character, or a mark of punctuation that no space goes before where Han is written. */
function isRestOfCharacter(code: number): boolean {
  return (
    (code >= 0xdc00 && code <= 0xdfff) ||
    (code >= 0x3001 && code <= 0x303f) ||
    (code >= 0xff00 && code <= 0xff0f)
  );
}
