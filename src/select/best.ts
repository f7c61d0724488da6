import type { Candidates } from "../types/neighbours.js";

/** The candidate that each sentence of a side chose, by sentence; `NO_CHOICE` where it has none. */
export type Choices = Float64Array;

export const NO_CHOICE = -1;

/** Each source's best target by score, among its own neighbours. */
export function bestForward(candidates: Candidates, scores: Float64Array): Choices {
  const best = new BestChoices({ first: 0, end: candidates.sourceRows });
  best.add(candidates.source, candidates.forwardRank, scores);
  return best.choices;
}

/** Each target's best source by score, among its own neighbours. */
export function bestBackward(candidates: Candidates, scores: Float64Array): Choices {
  const best = new BestChoices({ first: 0, end: candidates.targetRows });
  best.add(candidates.target, candidates.backwardRank, scores);
  return best.choices;
}

/** What some sentences of a side choose among candidates that come some at a time. Memory: 16 bytes a sentence. */
export class BestChoices {
  /** By sentence, from the first of these on. */
  readonly choices: Choices;
  private readonly scores: Float64Array;

  /** @param sentences which of the side's sentences; others are passed over */
  constructor(private readonly sentences: { first: number; end: number }) {
    this.choices = new Float64Array(sentences.end - sentences.first).fill(NO_CHOICE);
    this.scores = new Float64Array(this.choices.length);
  }

  /**
   * Adds candidates in their order, by source, then target: the first of equal scores is the one of the lower index.
   *
   * @param own the sentence of each, and its rank among that one's neighbours
   * @param number the number of the first
   */
  add(own: Uint32Array, ranks: Uint16Array, scores: Float64Array, number = 0): void {
    const { first, end } = this.sentences;
    for (let i = 0; i < own.length; i++) {
      const row = own[i] - first;
      if (ranks[i] === 0 || Number.isNaN(scores[i]) || own[i] < first || own[i] >= end) continue;
      if (this.choices[row] !== NO_CHOICE && scores[i] <= this.scores[row]) continue;
      this.choices[row] = number + i;
      this.scores[row] = scores[i];
    }
  }

  /** Whether a sentence is one of these and chose a candidate. */
  has(sentence: number, candidate: number): boolean {
    return this.choices[sentence - this.sentences.first] === candidate;
  }
}
