const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * What a text and an untranslated copy of it have in common: its letters and digits, whatever their case, width,
 * spacing and punctuation. A text that has none is its own key.
 */
export function copyKey(text: string): string {
  const key = text.normalize("NFKC").toLowerCase().replace(NEITHER_LETTER_NOR_DIGIT, "");
  return key === "" ? text : key;
}
