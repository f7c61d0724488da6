import { HashTrie } from "./hash-trie.js";
import { type Levels, LevelTrie } from "./level-trie.js";
import { Scores } from "./scores.js";
import type { TokenizerJson, UnigramJson } from "./tokenizer-json.js";
import type { Trie } from "./trie.js";

/** The pieces of a Unigram tokenizer, and how probable each is. */
export interface Lexicon {
  trie: Trie;
  scores: Scores;
}

/** A Unigram tokenizer whose pieces were made ready. */
export interface Prepared extends Levels {
  /** By the pieces' numbers. */
  scores: Float32Array;
  /** The `tokenizer.json` with no piece in its vocabulary. */
  settings: TokenizerJson;
}

/** The pieces that a `tokenizer.json` lists. */
export function lexiconOf(vocab: UnigramJson["vocab"]): Lexicon {
  return {
    trie: new HashTrie(vocab.map(([piece]) => piece)),
    scores: new Scores(Float64Array.from(vocab, ([, score]) => score)),
  };
}

/** The pieces that were made ready. */
export function preparedLexicon({ scores, ...levels }: Prepared): Lexicon & { trie: LevelTrie } {
  return { trie: new LevelTrie(levels), scores: new Scores(new Float64Array(scores)) };
}
