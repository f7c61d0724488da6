import { isDeepStrictEqual } from "node:util";
import { LevelTrie } from "./level-trie.js";
import type { Prepared } from "./lexicon.js";
import { sortLevels } from "./sort-levels.js";
import type { TokenizerJson } from "./tokenizer-json.js";
import { parseUnigram } from "./unigram.js";

/**
 * Makes a tokenizer's pieces ready. Time: seconds for 250,000.
 *
 * @returns nothing if it is not reproduced here, or its vocabulary would not be the same: tokens beside it, empty or
 *   equal pieces, scores that are no float32
 */
export function prepare(json: TokenizerJson): Prepared | undefined {
  const { model, added_tokens: added = [] } = json;
  if (!model || !parseUnigram(json)) return undefined;
  const pieces = model.vocab.map(([piece]) => piece);
  const scores = Float32Array.from(model.vocab, ([, score]) => score);
  const distinct = new Set(pieces);
  if (distinct.size < pieces.length || distinct.has("")) return undefined;
  if (added.some(({ id }) => id >= pieces.length)) return undefined;
  if (model.vocab.some(([, score], piece) => score !== scores[piece])) return undefined;
  const levels = sortLevels(pieces);
  // A node may have too many children.
  if (!isDeepStrictEqual(new LevelTrie(levels).pieces(), pieces)) return undefined;
  return { ...levels, scores, settings: { ...json, model: { ...model, vocab: [] } } };
}
