import { Tokenizer } from "tokenizers";
import { ModelError } from "../errors.js";

/** Gives each text's token numbers, special tokens included. */
export type Tokenize = (texts: readonly string[]) => Promise<number[][]>;

/**
 * Opens a `tokenizer.json`.
 *
 * @param maxTokens a longer text is cut, special tokens kept
 * @throws ModelError if the file is not a tokenizer
 */
export function openTokenizer(path: string, maxTokens: number): Tokenize {
  let tokenizer: Tokenizer;
  try {
    tokenizer = Tokenizer.fromFile(path);
  } catch (cause) {
    throw new ModelError(`${path}: not a tokenizer of the Hugging Face tokenizers library: ${cause}`, {
      cause,
    });
  }
  tokenizer.setTruncation(maxTokens);
  tokenizer.disablePadding();
  return async (texts) => {
    const encodings = await tokenizer.encodeBatch([...texts]);
    return encodings.map((encoding) => encoding.getIds());
  };
}
