/** Which sentences of both documents belong together, by number from 0; a side is empty where the others stand alone. */
export interface AlignedSentences {
  source: readonly number[];
  target: readonly number[];
}

/** Precision, recall and their harmonic mean. */
export interface Rates {
  precision: number;
  recall: number;
  f1: number;
}

/** Found and gold alignments of one document. */
export interface JudgedDocument {
  found: readonly AlignedSentences[];
  gold: readonly AlignedSentences[];
}

/** How many alignments are right, of how many. */
interface Counts {
  strict: number;
  lax: number;
  all: number;
}

/**
 * Strict and lax precision, recall and F1 of alignments, over all documents together, as Vecalign's scorer counts them
 * (Thompson & Koehn 2019, after Sennrich & Volk 2011).
 *
 * An alignment is strictly right if the other list has the very same one. It is laxly right if it also shares a source
 * sentence and a target sentence with one alignment of the other list, or with several that have one of its source
 * sentences each. Recall is of the gold alignments that are not insertions or deletions, among those found that are not.
 * Precision is of all found alignments: one with an empty side is right if gold has the very same one, and wrong
 * otherwise. Alignments that are given twice count once.
 */
export function scoreAlignments(documents: readonly JudgedDocument[]): { strict: Rates; lax: Rates } {
  const found = { strict: 0, lax: 0, all: 0 };
  const recalled = { strict: 0, lax: 0, all: 0 };
  for (const { found: ours, gold } of documents) {
    countRight(ours, gold, found);
    countRight(gold.filter(hasBoth), ours.filter(hasBoth), recalled);
  }
  return {
    strict: ratesOf(found.strict, found.all, recalled.strict, recalled.all),
    lax: ratesOf(found.lax, found.all, recalled.lax, recalled.all),
  };
}

/** Whether it is neither an insertion nor a deletion. */
export const hasBoth = ({ source, target }: AlignedSentences) => source.length > 0 && target.length > 0;

function countRight(
  judged: readonly AlignedSentences[],
  truth: readonly AlignedSentences[],
  counts: Counts,
): void {
  const known = new Set(truth.map(keyOf));
  const targetsOf = new Map<number, Set<number>>();
  for (const { source, target } of truth)
    for (const s of source) {
      const targets = targetsOf.get(s) ?? new Set();
      targetsOf.set(s, targets);
      for (const t of target) targets.add(t);
    }
  const distinct = new Map(judged.map((alignment) => [keyOf(alignment), alignment]));
  for (const [key, { source, target }] of distinct) {
    if (source.length + target.length === 0) continue;
    counts.all++;
    if (known.has(key)) counts.strict++;
    if (known.has(key) || source.some((s) => target.some((t) => targetsOf.get(s)?.has(t)))) counts.lax++;
  }
}

const keyOf = ({ source, target }: AlignedSentences) => `${source.join()}:${target.join()}`;

function ratesOf(right: number, found: number, recalled: number, gold: number): Rates {
  const precision = found === 0 ? 0 : right / found;
  const recall = gold === 0 ? 0 : recalled / gold;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}
