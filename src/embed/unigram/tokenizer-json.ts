/** The parts of a `tokenizer.json` of the Hugging Face tokenizers library that a Unigram tokenizer uses. */
export interface TokenizerJson {
  model?: UnigramJson;
  normalizer?: NormalizerJson | null;
  pre_tokenizer?: PreTokenizerJson | null;
  added_tokens?: AddedTokenJson[];
}

export interface UnigramJson {
  type?: string;
  unk_id?: number | null;
  byte_fallback?: boolean;
  vocab: [piece: string, score: number][];
}

export interface NormalizerJson {
  type: string;
  normalizers?: NormalizerJson[];
  precompiled_charsmap?: string | null;
  pattern?: { String?: string; Regex?: string };
  content?: string;
  strip_left?: boolean;
  strip_right?: boolean;
}

export interface PreTokenizerJson {
  type: string;
  pretokenizers?: PreTokenizerJson[];
  replacement?: string;
  prepend_scheme?: string;
  add_prefix_space?: boolean;
  split?: boolean;
}

export interface AddedTokenJson {
  id: number;
  content: string;
  single_word: boolean;
  lstrip: boolean;
  rstrip: boolean;
  normalized: boolean;
}
