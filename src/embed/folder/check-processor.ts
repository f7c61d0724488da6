import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { isThere } from "../../store/files/unreadable.js";
import { findTokenizer, readTokenizerText } from "./tokenizer-file.js";

/** Files of a processor, which for texts, images and sounds stands in the place of the tokenizer. */
export const PROCESSORS = ["processor_config.json", "preprocessor_config.json", "chat_template.json"];

/** What puts special tokens around a text. */
const ADDS_TOKENS = /"(?:Template|Bert|Roberta)Processing"/;

/**
 * A processor renders a chat as its tokenizer does, but for special tokens, and for a template of its own.
 *
 * @param path the tokenizer's folder
 * @param file the one that the chat template stands in
 * @throws ModelError where it might give other tokens
 */
export function checkProcessor(path: string, file: string): void {
  const processor = PROCESSORS.map((name) => join(path, name)).find(isThere);
  if (processor === undefined) return;
  const isOfTokenizer = !file.endsWith(".jinja");
  if (!isOfTokenizer && !ADDS_TOKENS.test(readTokenizerText(findTokenizer(path)!))) return;
  throw new ModelError(
    `${processor}: texts go through a processor's chat template, ${isOfTokenizer ? "which is not that of the tokenizer" : "and its tokenizer puts special tokens around texts"}; this is not done here.`,
    { advice: "If the encoder is used for texts alone, save its tokenizer without the processor." },
  );
}
