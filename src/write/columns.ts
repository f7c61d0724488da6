import { OptionError } from "../errors.js";
import type { Pair } from "../types/bitexts.js";
import type { PairSide, ScoredPair } from "../types/pairs.js";
import { option, say } from "../wording.js";

/** What can stand beside score and texts: of each pair, or of each of its sides. */
export const COLUMNS = ["id", "line", "cosine", "rank", "margin"] as const;
/** What can stand beside a mined pair. */
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
  margin: ({ margin, score }) => [["margin", margin ?? score]],
  rank: ({ forwardRank, backwardRank }) => [
    ["forwardRank", forwardRank],
    ["backwardRank", backwardRank],
  ],
};

/** Those of some columns that are no names of ours, but fields of what was read. */
export function fieldsAmong(columns: readonly string[]): string[] {
  return columns.filter((column) => !isColumn(column));
}

/**
 * A pair with what is asked for beside its score and texts. A text that stands in several places has them joined by
 * commas, in the same order in `id` and `line`; those of a field are joined by spaces, since an address may hold commas.
 * A rank of 0 means: not among the k nearest.
 *
 * @throws OptionError for a column that is neither one of ours nor a field that was read
 */
export function withColumns(scored: ScoredPair, columns: readonly string[] = []): Pair {
  const { score, source, target } = scored;
  const valuesFor = (column: string) =>
    isColumn(column) ? VALUES[column](scored) : fieldValues(scored, column);
  const added = Object.fromEntries(columns.flatMap(valuesFor));
  return { score, source: source.text, target: target.text, line: source.lines[0], added };
}

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name);
}

function fieldValues({ source, target }: ScoredPair, field: string): NamedValues {
  const name = `${field[0].toUpperCase()}${field.slice(1)}`;
  return [
    [`source${name}`, valuesOf(source, field)],
    [`target${name}`, valuesOf(target, field)],
  ];
}

function valuesOf({ fields = {} }: PairSide, field: string): string {
  if (Object.hasOwn(fields, field)) return fields[field].join(" ");
  const known = [...COLUMNS, ...Object.keys(fields)].join(", ");
  throw new OptionError(say`${option("columns")} names "${field}"; expected one of ${known}.`, {
    advice: "Name a field of the texts when you mine them, so that it is kept.",
  });
}
