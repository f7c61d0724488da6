const NO_LETTER = /[^\p{L}\p{M}]+/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * What a text and an untranslated copy of it have in common: its letters and digits, whatever their case, width,
 * spacing and punctuation. A text that has none is its own key.
 */
export function copyKey(text: string): string {
  const key = text.normalize("NFKC").toLowerCase().replace(NEITHER_LETTER_NOR_DIGIT, "");
  return key === "" ? text : key;
}

/** What a text and a copy of it with other numbers have in common: its letters alone; nothing where it has none. */
export function lettersOf(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(NO_LETTER, "");
}
