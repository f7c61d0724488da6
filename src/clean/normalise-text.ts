import { codeUnitsOf } from "../text/code-units.js";

/** Letters are Latin, Cyrillic, kana, Chinese and Korean, without those that a combining mark may follow. */
const PLAIN =
  /[!-~¡-\u00ac®-ʯЀ-\u0482Ҋ-ԯ\u2010-\u2027\u2030-\u205e₠-⃀℠-\u2125\u2127-\u2129\u212c-⅏、-〩ぁ-ゖァ-ヺー一-鿿가-힣！-｠]/;
const BLANK = 1;
const OTHER = 2;
/** Of each UTF-16 unit whether it is a space, or no such character: a look at a table takes a small part of a pattern's time. */
let kinds: Uint8Array | undefined;
/** Controls that part words. */
const SPACES = /[\s\u0085\u200b]+/gu;
/** Other controls, soft hyphens, marks of direction, joiners of lines, byte-order marks and what Unicode calls no character. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\u034f|[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;
/**
 * Zero-width joiners and non-joiners that no script and no emoji needs. Arabic and Mongolian letters, and those of
 * Indian and neighbouring scripts after a virama or a letter, are written differently with one.
 */
const USELESS_JOINERS =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Inherited}])[\u200c\u200d](?!\p{Extended_Pictographic})|[\u200c\u200d](?=[\s\p{P}]|$)/gu;

/**
 * Unicode NFC, without control characters, soft hyphens and zero-width characters that no script needs, with single
 * spaces, trimmed. Half a surrogate pair becomes U+FFFD, so that it can be told.
 */
export function normaliseText(text: string): string {
  if (isPlain(text)) return text;
  return text
    .toWellFormed()
    .replace(INVISIBLE, "")
    .replace(SPACES, " ")
    .replace(USELESS_JOINERS, "")
    .normalize("NFC")
    .trim();
}

/** Most texts: words of letters and marks that NFC does not change and that are all visible, with single spaces between. */
function isPlain(text: string): boolean {
  kinds ??= Uint8Array.from({ length: 2 ** 16 }, (_, unit) => kindOf(String.fromCharCode(unit)));
  const units = codeUnitsOf(text);
  let [last, wrong] = [BLANK, 0];
  for (let i = 0; i < text.length && wrong === 0; i++) {
    const kind = kinds[units[i]];
    wrong = (kind & OTHER) | (kind & last);
    last = kind;
  }
  return wrong === 0 && last === 0;
}

function kindOf(character: string): number {
  if (character === " ") return BLANK;
  return PLAIN.test(character) ? 0 : OTHER;
}
