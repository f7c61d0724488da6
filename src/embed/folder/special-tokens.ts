import { join } from "node:path";
import { readSettings } from "./read-json.js";

/** The tokens of BERT and its kin, where a configuration does not name them. */
const OF_BERT = {
  unk_token: "[UNK]",
  sep_token: "[SEP]",
  pad_token: "[PAD]",
  cls_token: "[CLS]",
  mask_token: "[MASK]",
};

/** Classes whose tokens are those that a configuration names, and no others. */
const WITHOUT_DEFAULTS = ["TokenizersBackend", "PreTrainedTokenizer"];

const NAMES = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

/** The special tokens that a template may put into a text, by the names of its variables. */
export interface SpecialTokens {
  named: Readonly<Record<string, string>>;
  /** Those that the tokenizer's class may have, though the folder does not say. */
  unknown: readonly string[];
}

/**
 * @param path the tokenizer's folder
 * @param tokenizerClass its class, as far as the folder tells
 */
export async function readSpecialTokens(path: string, tokenizerClass?: string): Promise<SpecialTokens> {
  const config = await readSettings(join(path, "tokenizer_config.json"));
  // Files of old versions.
  const map = config.added_tokens_decoder ? {} : await readSettings(join(path, "special_tokens_map.json"));
  const isBert = tokenizerClass !== undefined && /Bert|Electra|MPNet|LayoutLM|Funnel/.test(tokenizerClass);
  const extra = Object(config.extra_special_tokens);
  const all = {
    ...(isBert && OF_BERT),
    ...config,
    ...map,
    ...(!Array.isArray(extra) && extra),
  };
  const tokens = Object.entries(all)
    .filter(([name]) => NAMES.includes(name) || name.endsWith("_token") || Object.hasOwn(extra, name))
    .map(([name, token]) => [name, typeof token === "string" ? token : Object(token).content])
    .filter(([, token]) => typeof token === "string");
  const mayHaveOthers = tokenizerClass !== undefined && !isBert && !WITHOUT_DEFAULTS.includes(tokenizerClass);
  return {
    named: Object.fromEntries(tokens),
    unknown: mayHaveOthers ? NAMES.filter((name) => !Object.hasOwn(all, name)) : [],
  };
}
