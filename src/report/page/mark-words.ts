/** What a piece of a text is beside the other side: nothing special, or a number or word that both have, or a number that only this side has. */
export type PieceKind = "plain" | "shared-number" | "odd-number" | "copied";

export interface Piece {
  text: string;
  kind: PieceKind;
}

const NUMBER = String.raw`\p{Nd}+(?:[.,:]\p{Nd}+)*`;
/** A letter of a script that parts its words; what it does not part is no word that could be copied. */
const LETTER = String.raw`(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{M}]`;
const WORD = String.raw`(?:${LETTER})(?:(?:${LETTER}|[\p{Nd}'’-])*(?:${LETTER}|\p{Nd}))?`;
const TOKEN = new RegExp(`${NUMBER}|${WORD}`, "gu");
/** Shorter words are the same in many languages by chance. */
const LEAST_LETTERS = 3;

/** Cuts a text into pieces that tell its numbers, and the words that stand in the other text as well. */
export function markWords(text: string, other: string): Piece[] {
  const theirs = new Set(Array.from(other.matchAll(TOKEN), ([token]) => keyOf(token)));
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const kind = kindOf(token, theirs.has(keyOf(token)));
    if (kind === "plain") continue;
    if (index > end) pieces.push({ text: text.slice(end, index), kind: "plain" });
    pieces.push({ text: token, kind });
    end = index + token.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kind: "plain" });
  return pieces;
}

function kindOf(token: string, isShared: boolean): PieceKind {
  if (/^\p{Nd}/u.test(token)) return isShared ? "shared-number" : "odd-number";
  return isShared && token.length >= LEAST_LETTERS ? "copied" : "plain";
}

/** 1,000 and 1.000 are the same number, and so are digits of other scripts; words are the same in any case. */
function keyOf(token: string): string {
  if (!/^\p{Nd}/u.test(token)) return token.toLowerCase();
  return token
    .normalize("NFKC")
    .replace(/[.,](?=\d{3}(?!\d))/g, "")
    .replaceAll(",", ".")
    .replace(/\p{Nd}/gu, digitOf);
}

/** Decimal digits of a script lie in rows of ten, the first of which is a zero. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  if (code < 0x80) return digit;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
