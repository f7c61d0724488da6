import { codeUnitsOf } from "../../text/code-units.js";

/** Capitals that only Turkish and its nearest relatives have; there I is the capital of ı. */
const TURKIC = /İ/;

const CAPITAL = 1;
const SMALL = 2;
/** The first half of a character, of which {@link caseOf} tells. */
const LEAD = 4;
/** Which of these each UTF-16 unit is. */
let kinds: Uint8Array | undefined;

/** A text in small letters if it is written in capitals, and as it is otherwise: models know few words in capitals. */
export function foldCapitals(text: string): string {
  kinds ??= Uint8Array.from({ length: 2 ** 16 }, (_, unit) => kindOf(unit));
  const { length } = text;
  const units = codeUnitsOf(text);
  let [capitals, small, leads] = [0, 0, 0];
  // With so many small letters there cannot be more capitals. Without branches, half of which a processor guesses wrong.
  for (let i = 0; i < length && 2 * small < length; i++) {
    const kind = kinds[units[i]];
    capitals += kind & CAPITAL;
    small += (kind & SMALL) >> 1;
    leads |= kind & LEAD;
  }
  if (leads !== 0)
    for (const character of text) {
      if (character.length === 1) continue;
      const kind = caseOf(character);
      capitals += kind & CAPITAL;
      small += (kind & SMALL) >> 1;
    }
  return capitals >= 2 && capitals > small ? foldCase(text) : text;
}

/** A text in small letters. */
export function foldCase(text: string): string {
  return TURKIC.test(text) ? text.toLocaleLowerCase("tr") : text.toLowerCase();
}

function kindOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xdc00 ? LEAD : caseOf(String.fromCharCode(unit));
}

function caseOf(character: string): number {
  if (/^\p{Lu}/u.test(character)) return CAPITAL;
  return /^\p{Ll}/u.test(character) ? SMALL : 0;
}
