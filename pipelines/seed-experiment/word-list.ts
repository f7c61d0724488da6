/** A word and its translation. */
export type WordPair = readonly [source: string, target: string];

/** Letters, with an apostrophe between them; numbers need no translation. */
const WORD = /[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu;

/** Once is chance. */
const LEAST_TOGETHER = 2;

/**
 * The words of translated sentences that stand for each other most surely: of all pairs of words that are in both sides
 * of a row more often than by chance, those of the highest log-likelihood ratio (Dunning 1993), each word once. Words
 * that are the same in both languages, such as names, are left out. Case does not count.
 *
 * @param most so many pairs, the surest first
 */
export function listWords(rows: readonly WordPair[], most: number): WordPair[] {
  const scored = scorePairs(rows);
  scored.sort((a, b) => b.score - a.score || compare(a.x, b.x) || compare(a.y, b.y));
  const taken = { x: new Set<string>(), y: new Set<string>() };
  const pairs: WordPair[] = [];
  for (const { x, y } of scored) {
    if (pairs.length === most) break;
    if (taken.x.has(x) || taken.y.has(y)) continue;
    taken.x.add(x);
    taken.y.add(y);
    pairs.push([x, y]);
  }
  return pairs;
}

interface ScoredPair {
  x: string;
  y: string;
  score: number;
}

function scorePairs(rows: readonly WordPair[]): ScoredPair[] {
  const [sources, targets] = [0, 1].map((side) => rows.map((row) => wordsOf(row[side])));
  const [inSources, inTargets] = [countWords(sources), countWords(targets)];
  const scored: ScoredPair[] = [];
  for (const [x, counts] of countTogether(sources, targets))
    for (const [y, both] of counts) {
      const [m, n] = [inSources.get(x)!, inTargets.get(y)!];
      if (x === y || both < LEAST_TOGETHER || both * rows.length <= m * n) continue;
      scored.push({ x, y, score: logLikelihoodRatio(both, m, n, rows.length) });
    }
  return scored;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.normalize("NFC").toLowerCase().match(WORD));
}

/** In how many texts each word is. */
function countWords(texts: readonly Set<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** By the sources' words in how many rows each of the targets' words is with them. */
function countTogether(
  sources: readonly Set<string>[],
  targets: readonly Set<string>[],
): Map<string, Map<string, number>> {
  const together = new Map<string, Map<string, number>>();
  for (const [row, words] of sources.entries())
    for (const x of words) {
      const counts = together.get(x) ?? new Map<string, number>();
      together.set(x, counts);
      for (const y of targets[row]) counts.set(y, (counts.get(y) ?? 0) + 1);
    }
  return together;
}

/**
 * 2 Σ o ln(o / e) over the four cells of two words' table, o what is observed and e what is expected by chance.
 *
 * @param both rows with both words; @param m with the one; @param n with the other
 */
export function logLikelihoodRatio(both: number, m: number, n: number, rows: number): number {
  const cells = [
    [both, m * n],
    [m - both, m * (rows - n)],
    [n - both, (rows - m) * n],
    [rows - m - n + both, (rows - m) * (rows - n)],
  ];
  return 2 * cells.reduce((sum, [o, e]) => sum + (o === 0 ? 0 : o * Math.log((o * rows) / e)), 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
