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

/**
 * One-to-one pairs by competitive matching (Melamed 2000): the candidate of the largest margin first, then that of the
 * largest whose pages are both free. The margin of a pair is its score less the mean, over its two pages, of the best
 * score of another candidate of the page.
 *
 * @param minScore candidates below it are none, but still rivals
 */
export function matchPages(candidates: readonly ScoredCandidate[], minScore: number): PagePairing[] {
  const rivals = { source: new Rivals(), target: new Rivals() };
  for (const { source, target, score } of candidates) {
    rivals.source.add(source, score);
    rivals.target.add(target, score);
  }
  const ranked = candidates
    .filter(({ score }) => score >= minScore)
    .map((one) => {
      const { source, target, score } = one;
      const others = rivals.source.besides(source, score) + rivals.target.besides(target, score);
      return { ...one, margin: score - others / 2 };
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

/** The two best scores of each page. */
class Rivals {
  private readonly best = new Map<number, [first: number, second: number]>();

  add(page: number, score: number): void {
    const [first, second] = this.best.get(page) ?? [0, 0];
    this.best.set(page, score > first ? [score, first] : [first, Math.max(second, score)]);
  }

  /** The best score of a page's candidates but for one that has this score. */
  besides(page: number, score: number): number {
    const [first, second] = this.best.get(page)!;
    return score === first ? second : first;
  }
}
