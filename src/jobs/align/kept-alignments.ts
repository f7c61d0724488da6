import type { Alignment, Span } from "../../align/aligner.js";

/** What is counted of alignments. */
export interface AlignmentCounts {
  /** Alignments with sentences on both sides. */
  pairs: number;
  /** Those of them with one sentence on each. */
  oneToOne: number;
  /** Alignments that `minScore` undid. */
  below: number;
}

/** Alignments, counted; of one that is below the least score each sentence alone. */
export function keptAlignments(
  alignments: readonly Alignment[],
  minScore: number | undefined,
  counts: AlignmentCounts,
): Alignment[] {
  return alignments.flatMap((alignment) => {
    const { source, target } = alignment;
    const [x, y] = [source.end - source.first, target.end - target.first];
    if (x === 0 || y === 0) return [alignment];
    if (minScore !== undefined && alignment.cosine < minScore) {
      counts.below++;
      return apart(alignment);
    }
    counts.pairs++;
    if (x === 1 && y === 1) counts.oneToOne++;
    return [alignment];
  });
}

function apart({ source, target }: Alignment): Alignment[] {
  const alone = { cost: 0, cosine: Number.NaN };
  const none = (at: number) => ({ first: at, end: at });
  return [
    ...singlesOf(source).map((span) => ({ source: span, target: none(target.first), ...alone })),
    ...singlesOf(target).map((span) => ({ source: none(source.end), target: span, ...alone })),
  ];
}

const singlesOf = ({ first, end }: Span): Span[] =>
  Array.from({ length: end - first }, (_, i) => ({ first: first + i, end: first + i + 1 }));
