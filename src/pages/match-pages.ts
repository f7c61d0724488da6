import type { PageCandidates } from "./page-candidates.js";

/** Two pages that belong together. */
export interface PagePairing {
  source: number;
  target: number;
  /** Whether their addresses brought them together. */
  byUrl: boolean;
  /** How much of both is aligned, 0 to 1. */
  score: number;
  /** How much better they fit each other than either fits the best of the others, from −1 to 1. */
  margin: number;
}

/** Most right pairs of pages in languages that the encoder knows have this score, and hardly any wrong ones. */
const SURE_SCORE = 0.3;

/** In languages that it hardly knows they have lower ones, but others have much lower ones still, if there are others. */
const LEAST_SCORE = 0.1;
const LEAST_MARGIN = 0.05;
const LEAST_RIVALS = 3;

/**
 * One-to-one pairs by competitive matching (Melamed 2000): the candidate of the largest margin first, then that of the
 * largest whose pages are both free. The margin of a pair is its score less the mean, over its two pages, of the best
 * score of another candidate of the page. Memory: 33 bytes a candidate at most, and 20 a page.
 *
 * @param scores of the candidates, 0 to 1
 * @param minScore candidates below it are none, but still rivals; by default below 0.3, or 0.1 with a margin of 0.05 to
 *   three others of both
 */
export function matchPages(
  candidates: PageCandidates,
  scores: Float64Array,
  minScore?: number,
): PagePairing[] {
  const { source, target, byUrl } = candidates;
  const rivals = { source: new Rivals(source, scores), target: new Rivals(target, scores) };
  const margins = scores.map((score, i) => {
    const others = rivals.source.besides(source[i], score) + rivals.target.besides(target[i], score);
    return score - others / 2;
  });
  const isPair = (i: number): boolean => {
    if (minScore !== undefined) return scores[i] >= minScore;
    if (scores[i] >= SURE_SCORE) return true;
    const others = Math.min(rivals.source.count(source[i]), rivals.target.count(target[i]));
    return scores[i] >= LEAST_SCORE && margins[i] >= LEAST_MARGIN && others >= LEAST_RIVALS;
  };
  // Candidates stand in the order of the source, then of the target.
  const ranked = Uint32Array.from(source.keys())
    .filter(isPair)
    .sort((a, b) => margins[b] - margins[a] || scores[b] - scores[a] || a - b);
  const taken = { source: new Set<number>(), target: new Set<number>() };
  const pairs: PagePairing[] = [];
  for (const i of ranked) {
    if (taken.source.has(source[i]) || taken.target.has(target[i])) continue;
    taken.source.add(source[i]);
    taken.target.add(target[i]);
    const [score, margin] = [scores[i], margins[i]];
    pairs.push({ source: source[i], target: target[i], byUrl: byUrl[i] === 1, score, margin });
  }
  return pairs;
}

/** Of each page how many candidates it has, and the two best scores of these. */
class Rivals {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly candidates: Uint32Array;

  /** @param pages the page of each score */
  constructor(pages: Uint32Array, scores: Float64Array) {
    const size = pages.reduce((most, page) => Math.max(most, page + 1), 0);
    this.first = new Float64Array(size);
    this.second = new Float64Array(size);
    this.candidates = new Uint32Array(size);
    for (const [i, page] of pages.entries()) this.add(page, scores[i]);
  }

  private add(page: number, score: number): void {
    const { first, second, candidates } = this;
    if (score > first[page]) [first[page], second[page]] = [score, first[page]];
    else second[page] = Math.max(second[page], score);
    candidates[page]++;
  }

  /** The best score of a page's candidates but for one that has this score. */
  besides(page: number, score: number): number {
    return score === this.first[page] ? this.second[page] : this.first[page];
  }

  /** How many other candidates a page has. */
  count(page: number): number {
    return this.candidates[page] - 1;
  }
}
