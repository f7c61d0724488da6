const CAPITALS = /\p{Lu}/gu;
const SMALL = /\p{Ll}/gu;
/** Capitals that only Turkish and its nearest relatives have; there I is the capital of ı. */
const TURKIC = /İ/;

/** A text in small letters if it is written in capitals, and as it is otherwise: models know few words in capitals. */
export function foldCapitals(text: string): string {
  const capitals = text.match(CAPITALS)?.length ?? 0;
  if (capitals < 2) return text;
  return capitals > (text.match(SMALL)?.length ?? 0) ? foldCase(text) : text;
}

/** A text in small letters. */
export function foldCase(text: string): string {
  return TURKIC.test(text) ? text.toLocaleLowerCase("tr") : text.toLowerCase();
}
