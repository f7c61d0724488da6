import { lowerCased } from "./lowercase.js";
import type { TokenizerJson } from "./vocabulary.js";

/** What an encoder's folder asks for otherwise than its `tokenizer.json` says. */
export interface TokenizerChanges {
  /** Whether texts are lower-cased before all else. */
  lowerCase: boolean;
  /** What stands in the place of the file's parts. */
  parts?: Partial<TokenizerJson>;
}

/** The text of a `tokenizer.json` with changes; the same text where there are none. */
export function changeTokenizer(tokenizer: string, { lowerCase, parts }: TokenizerChanges): string {
  if (!lowerCase && !parts) return tokenizer;
  const json: TokenizerJson = { ...JSON.parse(tokenizer), ...parts };
  return JSON.stringify(lowerCase ? lowerCased(json) : json);
}
