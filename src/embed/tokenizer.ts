import { Tokenizer } from "tokenizers";
import { ModelError } from "../errors.js";
import { readTokenizerText } from "./folder/tokenizer-file.js";

/** Token numbers of texts. */
export interface Tokens {
  ids: number[][];
  /** Whether each text was cut. */
  truncated: boolean[];
}

export interface TextTokenizer {
  tokenize(texts: readonly string[]): Promise<Tokens>;
  /** The token of that number, for messages. */
  nameOf(id: number): string | null;
}

export interface TokenizerOptions {
  /** A longer text is cut, special tokens kept; infinite where none is. */
  maxTokens: number;
  /** Whether each text gets the tokens that a Transformer's begins and ends with. */
  specialTokens: boolean;
}

/** No tokenizer's tokens are longer than this on average; what goes beyond need not be looked at. */
const CHARACTERS_A_TOKEN = 64;

/**
 * Opens a `tokenizer.json`. Lone surrogates count as U+FFFD.
 *
 * @throws ModelError if the file is not a tokenizer
 */
export function openTokenizer(path: string, { maxTokens, specialTokens }: TokenizerOptions): TextTokenizer {
  let tokenizer: Tokenizer;
  try {
    tokenizer = Tokenizer.fromString(readTokenizerText(path));
  } catch (cause) {
    throw new ModelError(`${path}: not a tokenizer of the Hugging Face tokenizers library: ${cause}`, {
      cause,
    });
  }
  // Without special tokens the library does not tell what it has cut off, but for one token more than is wanted.
  const spare = specialTokens ? 0 : 1;
  if (Number.isFinite(maxTokens)) tokenizer.setTruncation(maxTokens + spare);
  else tokenizer.disableTruncation();
  tokenizer.disablePadding();
  const longest = maxTokens * CHARACTERS_A_TOKEN;
  return {
    nameOf: (id) => tokenizer.idToToken(id),
    tokenize: async (texts) => {
      const wellFormed = texts.map((text) => text.slice(0, longest).toWellFormed());
      const encodings = await tokenizer.encodeBatch(wellFormed, { addSpecialTokens: specialTokens });
      const ids = encodings.map((encoding) => encoding.getIds());
      const isCut = (i: number) =>
        texts[i].length > longest || ids[i].length > maxTokens || encodings[i].getOverflowing().length > 0;
      return {
        truncated: texts.map((_, i) => isCut(i)),
        ids: spare ? ids.map((tokens) => tokens.slice(0, maxTokens)) : ids,
      };
    },
  };
}
