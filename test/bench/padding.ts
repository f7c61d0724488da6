import { join } from "node:path";
import { WINDOW } from "../../src/embed/embed.js";
import { readInputSettings } from "../../src/embed/folder/input-settings.js";
import { openTokenizer } from "../../src/embed/tokenizer.js";
import { cutTokenBatches, TOKENS_A_BATCH } from "../../src/embed/transformer/token-batches.js";

/** Tokens of `texts`, special ones included, and the share of padding in the batches that an encoder makes of them. */
export async function countTokens(
  folder: string,
  texts: readonly string[],
): Promise<{ tokens: number; padding: number }> {
  const { maxTokens } = await readInputSettings({ path: folder, module: folder });
  const { tokenize } = openTokenizer(join(folder, "tokenizer.json"), { maxTokens, specialTokens: true });
  let [tokens, positions] = [0, 0];
  for (let first = 0; first < texts.length; first += WINDOW) {
    const { ids } = await tokenize(texts.slice(first, first + WINDOW));
    const lengths = ids.map(({ length }) => length);
    for (const length of lengths) tokens += length;
    for (const { rows, paddedLength } of cutTokenBatches(lengths, TOKENS_A_BATCH))
      positions += rows.length * paddedLength;
  }
  return { tokens, padding: 1 - tokens / positions };
}
