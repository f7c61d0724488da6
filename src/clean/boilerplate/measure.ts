/** What a text consists of, in code points. */
export interface Measured {
  characters: number;
  /** Letters and the marks on them. */
  letters: number;
  notSpaces: number;
  /** Of the longest run of one character that is no space. */
  longestRun: number;
}

const LETTER = /[\p{L}\p{M}]/u;
const SPACE = /\s/;

const IS_LETTER = 1;
const IS_SPACE = 2;

/** Of each character of 16 bits which of the two it is: a look at a table takes a tenth of a regular expression's time. */
const KINDS = Uint8Array.from({ length: 0x10000 }, (_, unit) => kindOf(String.fromCharCode(unit)));

function kindOf(character: string): number {
  return (LETTER.test(character) ? IS_LETTER : 0) | (SPACE.test(character) ? IS_SPACE : 0);
}

export function measure(text: string): Measured {
  const measured = { characters: 0, letters: 0, notSpaces: 0, longestRun: 0 };
  let [last, run] = [-1, 0];
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    const kind = point < 0x10000 ? KINDS[point] : kindOf(String.fromCodePoint(point));
    if (point >= 0x10000) i++;
    measured.characters++;
    if (kind & IS_LETTER) measured.letters++;
    if (kind & IS_SPACE) {
      last = -1;
      continue;
    }
    measured.notSpaces++;
    run = point === last ? run + 1 : 1;
    last = point;
    if (run > measured.longestRun) measured.longestRun = run;
  }
  return measured;
}
