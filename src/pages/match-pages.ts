/** Two pages that may belong together. */
export interface ScoredCandidate {
  source: number;
  target: number;
  /** How much of both is aligned, 0 to 1. */
  score: number;
}

/** Two pages that do. */
export interface PagePairing extends ScoredCandidate {
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
 * score of another candidate of the page.
 *
 * @param minScore candidates below it are none, but still rivals; by default below 0.3, or 0.1 with a margin of 0.05 to
 *   three others of both
 */
export function matchPages<C extends ScoredCandidate>(
  candidates: readonly C[],
  minScore?: number,
): (C & PagePairing)[] {
  const rivals = { source: new Rivals(), target: new Rivals() };
  for (const { source, target, score } of candidates) {
    rivals.source.add(source, score);
    rivals.target.add(target, score);
  }
  const isPair = ({ source, target, score, margin }: PagePairing): boolean => {
    if (minScore !== undefined) return score >= minScore;
    if (score >= SURE_SCORE) return true;
    const others = Math.min(rivals.source.count(source), rivals.target.count(target));
    return score >= LEAST_SCORE && margin >= LEAST_MARGIN && others >= LEAST_RIVALS;
  };
  const ranked = candidates
    .flatMap((one) => {
      const { source, target, score } = one;
      const others = rivals.source.besides(source, score) + rivals.target.besides(target, score);
      const pair = { ...one, margin: score - others / 2 };
      return isPair(pair) ? [pair] : [];
    })
    .sort((a, b) => b.margin - a.margin || b.score - a.score || a.source - b.source || a.target - b.target);
  const taken = { source: new Set<number>(), target: new Set<number>() };
  return ranked.filter(({ source, target }) => {
    if (taken.source.has(source) || taken.target.has(target)) return false;
    taken.source.add(source);
    taken.target.add(target);
    return true;
  });
}

/** Of each page how many candidates it has, and the two best scores of these. */
class Rivals {
  private readonly best = new Map<number, { first: number; second: number; candidates: number }>();

  add(page: number, score: number): void {
    const { first, second, candidates } = this.best.get(page) ?? { first: 0, second: 0, candidates: 0 };
    const scores =
      score > first ? { first: score, second: first } : { first, second: Math.max(second, score) };
    this.best.set(page, { ...scores, candidates: candidates + 1 });
  }

  /** The best score of a page's candidates but for one that has this score. */
  besides(page: number, score: number): number {
    const { first, second } = this.best.get(page)!;
    return score === first ? second : first;
  }

  /** How many other candidates a page has. */
  count(page: number): number {
    return this.best.get(page)!.candidates - 1;
  }
}
