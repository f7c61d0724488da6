import { mix } from "../../store/hashes/mix.js";

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const SHORTEST_SPLIT_WORD = 4;
const NGRAM_LENGTHS = [4, 5];

/**
 * The features of a text as bucket numbers: its words, and the 4- and 5-grams of characters of its words from four
 * letters, lower-cased (after fastText: Bojanowski et al. 2017).
 *
 * @returns as many numbers as the text has features; equal features repeat
 */
export function hashFeatures(text: string, buckets: number): number[] {
  const features: number[] = [];
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    features.push(hash(word, 0, word.length) % buckets);
    if (word.length < SHORTEST_SPLIT_WORD) continue;
    const marked = `<${word}>`;
    for (const length of NGRAM_LENGTHS) {
      for (let start = 0; start + length <= marked.length; start++) {
        features.push(hash(marked, start, start + length) % buckets);
      }
    }
  }
  return features;
}

/** FNV-1a over UTF-16 code units, its bits mixed once more so that the low ones serve as a bucket. */
function hash(text: string, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h) >>> 0;
}
