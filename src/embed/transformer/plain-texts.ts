import type { TextTokenizer, Tokens } from "../tokenizer.js";

/** Tokens of texts, and how many at the beginning of each are a prompt's that do not count. */
export interface PromptedTokens extends Tokens {
  first: number;
}

/** Tokens of texts that begin with a prompt, in the language of a code where there are such. */
export type Tokenise = (
  texts: readonly string[],
  prompt: string,
  language?: string,
) => Promise<PromptedTokens>;

export function plainTexts(tokenizer: TextTokenizer, includePrompt: boolean): Tokenise {
  return async (texts, prompt) => ({
    // Counted as sentence-transformers does: a closing special token comes after the sentence.
    first: includePrompt || prompt === "" ? 0 : await tokenizer.lengthBeforeEnd(prompt),
    ...(await tokenizer.tokenize(texts)),
  });
}
