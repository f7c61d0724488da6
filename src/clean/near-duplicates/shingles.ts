import { mix } from "../../store/hashes/mix.js";

const SHINGLE_WORDS = 5;

/** Words, and single characters of scripts that put no space between words. */
const UNITS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]\p{M}*|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/**
 * The distinct hashes (32 bits) of every five words in a row of a document, whatever their case, width and punctuation;
 * of a shorter document one, of all its words; none where it has no word.
 */
export function shinglesOf(blocks: readonly string[]): Set<number> {
  const words = blocks.flatMap(
    (block) => block.normalize("NFKC").toLowerCase().match(UNITS)?.map(hashWord) ?? [],
  );
  const shingles = new Set<number>();
  const size = Math.min(SHINGLE_WORDS, words.length);
  if (size === 0) return shingles;
  for (let start = 0; start + size <= words.length; start++) {
    let hash = size;
    for (let i = start; i < start + size; i++) hash = mix(Math.imul(hash, 31) + words[i]);
    shingles.add(hash >>> 0);
  }
  return shingles;
}

/** FNV-1a over UTF-16. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}
