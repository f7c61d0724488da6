import type { Pair, ScoredPair } from "../types.js";

/** What can stand beside score and texts: of each pair, or of each of its sides. */
export const COLUMNS = ["id", "line", "cosine", "rank"] as const;
export type Column = (typeof COLUMNS)[number];

type NamedValues = [name: string, value: string | number][];

const VALUES: Record<Column, (pair: ScoredPair) => NamedValues> = {
  id: ({ source, target }) => [
    ["sourceId", source.ids.join(",")],
    ["targetId", target.ids.join(",")],
  ],
  line: ({ source, target }) => [
    ["sourceLine", source.lines.join(",")],
    ["targetLine", target.lines.join(",")],
  ],
  cosine: ({ cosine }) => [["cosine", cosine]],
  rank: ({ forwardRank, backwardRank }) => [
    ["forwardRank", forwardRank],
    ["backwardRank", backwardRank],
  ],
};

/**
 * A pair with what is asked for beside its score and texts. A text that stands in several places has them joined by
 * commas, in the same order in `id` and `line`. A rank of 0 means: not among the k nearest.
 */
export function withColumns(scored: ScoredPair, columns: readonly Column[] = []): Pair {
  const { score, source, target } = scored;
  const added = Object.fromEntries(columns.flatMap((column) => VALUES[column](scored)));
  return { score, source: source.text, target: target.text, line: source.lines[0], added };
}
