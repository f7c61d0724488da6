import { ModelError } from "../../errors.js";
import { checkObject } from "../folder/read-json.js";
import { findTokenizer, readTokenizerBytes, tokenizerText } from "../folder/tokenizer-file.js";
import { bucketsOf, tokenizeHashed } from "../ngram/hashed-tokenizer.js";
import type { End } from "../slices.js";
import type { TextTokenizer } from "../tokenizer.js";
import { type Prepared, preparedLexicon } from "../unigram/lexicon.js";
import type { TokenizerJson as UnigramTokenizerJson } from "../unigram/tokenizer-json.js";
import { parseUnigram, type Unigram } from "../unigram/unigram.js";
import { type TokenizerJson, type Vocabulary, vocabularyOf } from "../vocabulary.js";
import { readPrepared } from "./prepared-tokenizer.js";

/** A tokenizer without special tokens, and what its pieces are. */
export interface Pieces extends Pick<Vocabulary, "unknown"> {
  /** Its file. */
  path: string;
  /** How many pieces there are, holes included. */
  count: number;
  /** All of them by their numbers; a number without a piece is a hole. */
  list(): readonly string[];
  /** How its file says that longer texts are cut. */
  truncation?: { maxTokens: number; cut: End };
  /** Gives each text's pieces, at most as many as said; infinitely many where none is cut. */
  tokenizeTo(maxTokens: number, cut?: End): Promise<TextTokenizer["tokenize"]>;
}

/**
 * Opens a static folder's tokenizer, or what hashes texts in its place: by our own Unigram where that gives the same
 * pieces, which is several times as fast, otherwise by the `tokenizers` package.
 *
 * @throws ModelError if it is missing, broken, or no tokenizer
 */
export async function openPieces(folder: string): Promise<Pieces> {
  const path = findTokenizer(folder);
  if (path === undefined) throw new ModelError(`${folder}: has no tokenizer.json.`);
  const bytes = readTokenizerBytes(path);
  const prepared = await readPrepared(path, bytes);
  if (prepared) return openPrepared(path, prepared);
  const json = parse(path, tokenizerText(path, bytes));
  const buckets = bucketsOf(json);
  if (buckets !== undefined)
    return {
      path,
      count: buckets,
      list: () => new Array(buckets),
      tokenizeTo: async (maxTokens) => tokenizeHashed(buckets, maxTokens),
    };
  const { pieces, unknown } = vocabularyOf(json);
  return {
    path,
    count: pieces.length,
    list: () => pieces,
    unknown,
    truncation: truncationOf(json),
    tokenizeTo: tokenizeWith(path, parseUnigram(json as UnigramTokenizerJson)),
  };
}

function openPrepared(path: string, prepared: Prepared): Pieces {
  const { settings } = prepared;
  const lexicon = preparedLexicon(prepared);
  return {
    path,
    count: lexicon.scores.length,
    list: () => lexicon.trie.pieces(),
    unknown: settings.model?.unk_id ?? undefined,
    truncation: truncationOf(settings as TokenizerJson),
    tokenizeTo: tokenizeWith(path, parseUnigram(settings, lexicon)),
  };
}

function tokenizeWith(path: string, unigram: Unigram | undefined): Pieces["tokenizeTo"] {
  return async (maxTokens, cut = "right") => {
    if (unigram && cut === "right") return tokenizeBy(unigram, maxTokens);
    const { openTokenizer } = await import("../tokenizer.js");
    return openTokenizer(path, { maxTokens, specialTokens: false, cut }).tokenize;
  };
}

function tokenizeBy(unigram: Unigram, maxTokens: number): TextTokenizer["tokenize"] {
  return async (texts) => {
    // One piece more tells whether there would have been more.
    const pieces = texts.map((text) => unigram.encode(text, maxTokens + 1));
    return {
      ids: pieces.map((numbers) => (numbers.length > maxTokens ? numbers.slice(0, maxTokens) : numbers)),
      truncated: pieces.map(({ length }) => length > maxTokens),
    };
  };
}

function parse(path: string, text: string): TokenizerJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelError(`${path}: is not JSON (${(cause as Error).message}).`, { cause });
  }
  checkObject(path, "", json);
  return json;
}

function truncationOf({ truncation }: TokenizerJson): Pieces["truncation"] {
  if (!truncation) return undefined;
  const { max_length: maxTokens, direction } = truncation;
  return { maxTokens, cut: direction === "Left" ? "left" : "right" };
}
