import { codeUnitsOf } from "../../text/code-units.js";

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
/** The first half of a character. */
const IS_LEAD = 4;

/** Which of these each UTF-16 unit is: a look at a table takes a tenth of a regular expression's time. */
const KINDS = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  unit >= 0xd800 && unit < 0xdc00 ? IS_LEAD : kindOf(String.fromCharCode(unit)),
);

function kindOf(character: string): number {
  return (LETTER.test(character) ? IS_LETTER : 0) | (SPACE.test(character) ? IS_SPACE : 0);
}

export function measure(text: string): Measured {
  const units = codeUnitsOf(text);
  let [letters, spaces, leads, longestRun, run, last] = [0, 0, 0, 0, 0, -1];
  for (let i = 0; i < text.length; i++) {
    const unit = units[i];
    const kind = KINDS[unit];
    letters += kind & IS_LETTER;
    spaces += (kind & IS_SPACE) >> 1;
    leads |= kind & IS_LEAD;
    run = unit === last ? run + 1 : 1;
    if (run > longestRun && (kind & IS_SPACE) === 0) longestRun = run;
    last = unit;
  }
  if (leads !== 0) return measureCharacters(text);
  return { characters: text.length, letters, notSpaces: text.length - spaces, longestRun };
}

/** The same of a text that has characters of two units. */
function measureCharacters(text: string): Measured {
  const measured = { characters: 0, letters: 0, notSpaces: 0, longestRun: 0 };
  let [last, run] = ["", 0];
  for (const character of text) {
    const kind = character.length === 1 ? KINDS[character.charCodeAt(0)] : kindOf(character);
    measured.characters++;
    if (kind & IS_LETTER) measured.letters++;
    if (kind & IS_SPACE) {
      last = "";
      continue;
    }
    measured.notSpaces++;
    run = character === last ? run + 1 : 1;
    last = character;
    if (run > measured.longestRun) measured.longestRun = run;
  }
  return measured;
}
