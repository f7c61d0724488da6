/** What a `tokenizer.json` says of its pieces. */
export interface Vocabulary {
  /** By number; a number without a piece is a hole. */
  pieces: string[];
  /** The piece that stands for what no other does. */
  unknown?: number;
}

/** What is read of a `tokenizer.json`; all else is carried along. */
export interface TokenizerJson {
  normalizer?: unknown;
  pre_tokenizer?: unknown;
  post_processor?: unknown;
  decoder?: unknown;
  truncation?: { max_length: number; direction?: string } | null;
  padding?: unknown;
  model?: {
    type?: string;
    vocab?: [piece: string, score: number][] | Record<string, number>;
    unk_id?: number | null;
    unk_token?: string | null;
    continuing_subword_prefix?: string | null;
    end_of_word_suffix?: string | null;
    byte_fallback?: boolean;
  };
  added_tokens?: { id: number; content: string; special?: boolean }[];
}

/** The pieces of a tokenizer of any kind: Unigram lists them in order, the others give each its number. */
export function vocabularyOf({ model = {}, added_tokens: added = [] }: TokenizerJson): Vocabulary {
  const { vocab = [], unk_id, unk_token } = model;
  const pieces: string[] = [];
  if (Array.isArray(vocab)) for (const [piece] of vocab) pieces.push(piece);
  else for (const [piece, id] of Object.entries(vocab)) pieces[id] = piece;
  for (const { id, content } of added) pieces[id] = content;
  const named = unk_token ? pieces.indexOf(unk_token) : -1;
  return { pieces, unknown: unk_id ?? (named === -1 ? undefined : named) };
}

/** What each piece of a Unigram tokenizer is held to be probable, as a natural logarithm; nothing of other kinds. */
export function scoresOf({ model }: TokenizerJson): number[] | undefined {
  return Array.isArray(model?.vocab) ? model.vocab.map(([, score]) => score) : undefined;
}
