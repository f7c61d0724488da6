import type { TokenizerJson } from "../vocabulary.js";

interface Part {
  type?: string;
  pretokenizers?: Part[];
  clean_text?: boolean;
  prepend_scheme?: string;
  add_prefix_space?: boolean;
}

/** What transformers 5 makes of the two commonest classes, whatever `tokenizer.json` says. */
const MADE: Record<string, (normaliser: Part | undefined, preTokeniser: Part | undefined) => boolean> = {
  BertTokenizer: (normaliser, preTokeniser) =>
    normaliser?.type === "BertNormalizer" &&
    normaliser.clean_text === true &&
    preTokeniser?.type === "BertPreTokenizer",
  XLMRobertaTokenizer: (normaliser, preTokeniser) => {
    const [first, second, ...others] = preTokeniser?.pretokenizers ?? [];
    return (
      (normaliser === undefined || normaliser.type === "Precompiled") &&
      first?.type === "WhitespaceSplit" &&
      second?.type === "Metaspace" &&
      (second.prepend_scheme ?? (second.add_prefix_space ? "always" : "")) === "always" &&
      others.length === 0
    );
  },
};

/**
 * Whether transformers 5, which makes a tokenizer anew from its class, makes what `tokenizer.json` says; nothing where that
 * is not known of the class.
 */
export function isSameInVersion5(name: string | undefined, json: TokenizerJson): boolean | undefined {
  if (name === undefined || !Object.hasOwn(MADE, name)) return undefined;
  const { normalizer, pre_tokenizer: preTokeniser } = json;
  return MADE[name]((normalizer as Part | null) ?? undefined, (preTokeniser as Part | null) ?? undefined);
}
