import { randomNumbers } from "../statistics/random-numbers.js";

/** Numbers of a vector of words: enough that words of one block seldom look like others. */
const DIMENSIONS = 128;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Shorter words are written alike by chance. */
const LEAST_LETTERS = 4;

/** Names and words of one origin differ at their ends: "Himalaya", "himalayen". */
const STEM_LETTERS = 4;

/**
 * Vectors of the words that both documents have: numbers, names and cognates. They say where sentences meet even where an
 * encoder knows a name as no more than a name. A word is a random direction, weighted by how rare it is in both documents.
 */
export class SharedWords {
  readonly dimensions = DIMENSIONS;
  private readonly vectors = new Map<string, Float32Array>();

  constructor(source: readonly string[], target: readonly string[]) {
    const sides = [countSentences(source), countSentences(target)];
    const all = source.length + target.length;
    for (const word of [...sides[0].keys()].filter((word) => sides[1].has(word)).sort()) {
      const weight = Math.log(all / (sides[0].get(word)! + sides[1].get(word)!));
      const random = randomNumbers(this.vectors.size);
      const vector = Float32Array.from({ length: DIMENSIONS }, () => (random() < 0.5 ? -weight : weight));
      this.vectors.set(word, vector);
    }
  }

  /** Adds the words of a sentence to a sum that begins at `at`. */
  add(sentence: string, sum: Float32Array, at = 0): void {
    for (const word of wordsOf(sentence)) {
      const vector = this.vectors.get(word);
      if (vector) for (let d = 0; d < DIMENSIONS; d++) sum[at + d] += vector[d];
    }
  }
}

/** In how many sentences each word is. */
function countSentences(sentences: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences)
    for (const word of new Set(wordsOf(sentence))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function wordsOf(sentence: string): string[] {
  const words: string[] = [];
  for (const [word] of sentence.toLowerCase().matchAll(WORD))
    if (/^\p{N}+$/u.test(word)) words.push(word);
    else if (word.length >= LEAST_LETTERS) words.push(`${word.slice(0, STEM_LETTERS)}…`);
  return words;
}
