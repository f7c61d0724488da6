import { type TokenizerJson, vocabularyOf } from "./vocabulary.js";

/** Where sentencepiece puts a space. */
const SPACE_MARK = "▁";
/** Pieces that BERT's vocabularies keep free. */
const UNUSED = /^\[unused\d+\]$/;
/** A byte of what has no piece of its own. */
const BYTE = /^<0x[0-9A-F]{2}>$/;

/**
 * The text that each piece of a tokenizer stands for, without the marks of where a word begins, goes on or ends; empty
 * for a piece that stands for none: special and unknown, a hole, a space, a part of a character.
 */
export function pieceTexts(tokenizer: TokenizerJson): string[] {
  const { pieces, unknown } = vocabularyOf(tokenizer);
  const added = new Map(tokenizer.added_tokens?.map((token) => [token.id, token]));
  const textOf = plainText(tokenizer);
  return Array.from(pieces, (piece, id) => {
    if (piece === undefined || id === unknown || UNUSED.test(piece)) return "";
    const token = added.get(id);
    if (token) return token.special ? "" : piece.trim();
    return textOf(piece).trim();
  });
}

function plainText(tokenizer: TokenizerJson): (piece: string) => string {
  const { normalizer, pre_tokenizer: preTokenizer, decoder, model = {} } = tokenizer;
  if (JSON.stringify([preTokenizer, decoder]).includes('"ByteLevel"')) return decodeBytes;
  const marksSpaces = JSON.stringify([normalizer, preTokenizer, decoder]).includes(SPACE_MARK);
  const { continuing_subword_prefix: prefix, end_of_word_suffix: suffix } = model;
  return (piece) => {
    if (model.byte_fallback && BYTE.test(piece)) return "";
    let text = piece;
    // A piece that is the mark and nothing else is the mark's own character.
    if (prefix && text.length > prefix.length && text.startsWith(prefix)) text = text.slice(prefix.length);
    if (suffix && text.length > suffix.length && text.endsWith(suffix)) text = text.slice(0, -suffix.length);
    return marksSpaces ? text.replaceAll(SPACE_MARK, " ") : text;
  };
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The text of a byte-level piece (Radford et al. 2019); empty where its bytes are not whole characters. */
function decodeBytes(piece: string): string {
  try {
    return UTF8.decode(Uint8Array.from(piece, (character) => BYTE_OF.get(character)!));
  } catch {
    return "";
  }
}

/** Printable bytes stand for themselves, the others for the characters from U+0100, in order. */
const BYTE_OF = new Map<string, number>();
for (let byte = 0, others = 0; byte < 256; byte++) {
  const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  BYTE_OF.set(String.fromCharCode(printable ? byte : 256 + others++), byte);
}
