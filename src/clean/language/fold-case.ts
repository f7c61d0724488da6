/** Capitals that only Turkish and its nearest relatives have; there I is the capital of ı. */
const TURKIC = /İ/;

const CAPITAL = 1;
const SMALL = 2;
/** Of each UTF-16 unit whether it is a capital or a small letter: of surrogates, which take two, {@link caseOf} tells. */
let kinds: Uint8Array | undefined;

/** A text in small letters if it is written in capitals, and as it is otherwise: models know few words in capitals. */
export function foldCapitals(text: string): string {
  kinds ??= Uint8Array.from({ length: 2 ** 16 }, (_, unit) => caseOf(String.fromCharCode(unit)));
  let [capitals, small] = [0, 0];
  // With so many small letters there cannot be more capitals.
  for (let i = 0; i < text.length && 2 * small < text.length; i++) {
    const unit = text.charCodeAt(i);
    const kind = isLead(unit) ? caseOf(text.slice(i, i + 2)) : kinds[unit];
    if (kind === CAPITAL) capitals++;
    else if (kind === SMALL) small++;
  }
  return capitals >= 2 && capitals > small ? foldCase(text) : text;
}

/** A text in small letters. */
export function foldCase(text: string): string {
  return TURKIC.test(text) ? text.toLocaleLowerCase("tr") : text.toLowerCase();
}

function caseOf(character: string): number {
  if (/^\p{Lu}/u.test(character)) return CAPITAL;
  return /^\p{Ll}/u.test(character) ? SMALL : 0;
}

function isLead(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
