import type { TokenizerJson } from "./vocabulary.js";

/**
 * The text of a `tokenizer.json` that neither cuts nor pads, as static encoders need it: sentence-transformers would do
 * what the tokenizer says. The same text if it says nothing.
 */
export function wholeTexts(tokenizer: string): string {
  const json: TokenizerJson = JSON.parse(tokenizer);
  if (!json.truncation && !json.padding) return tokenizer;
  return JSON.stringify({ ...json, truncation: null, padding: null } satisfies TokenizerJson);
}
