import { join } from "node:path";
import { readJson } from "./read-json.js";

const DEFAULT_MAX_TOKENS = 512;

/** Position tables of these models begin after the padding token, so that two rows are lost. */
const OFFSET_POSITIONS = ["roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet"];

/**
 * The longest input of an encoder in tokens, special ones included: `max_seq_length`, else the tokenizer's length, at
 * most the model's positions.
 */
export async function longestInput(path: string): Promise<number> {
  const sentenceBert = (await readJson(join(path, "sentence_bert_config.json"))) ?? {};
  if (typeof sentenceBert.max_seq_length === "number") return sentenceBert.max_seq_length;
  const { model_max_length: length } = (await readJson(join(path, "tokenizer_config.json"))) ?? {};
  const positions = await positionsOf(path);
  // Tokenizers without a limit carry a number like 1e30.
  const limits = [length, positions].filter((limit) => typeof limit === "number" && limit > 0 && limit < 1e6);
  return limits.length > 0 ? Math.min(...limits) : DEFAULT_MAX_TOKENS;
}

async function positionsOf(path: string): Promise<number | undefined> {
  const config = (await readJson(join(path, "config.json"))) ?? {};
  const positions = config.max_position_embeddings;
  if (typeof positions !== "number") return undefined;
  return OFFSET_POSITIONS.includes(config.model_type) ? positions - 2 : positions;
}

/** Whether texts are lower-cased before they are tokenised, whatever the tokenizer does. */
export async function lowersCase(path: string): Promise<boolean> {
  const { do_lower_case: lowerCase } = (await readJson(join(path, "sentence_bert_config.json"))) ?? {};
  return lowerCase === true;
}
