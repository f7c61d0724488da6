import type { ScoredPair } from "../types.js";
import { type Column, columnValues } from "./columns.js";

const SEPARATORS = /[\t\n\r]+/g;

/** A text as a field: what separates fields and lines becomes a space. */
export const toField = (text: string): string => text.replace(SEPARATORS, " ");

/** `score⇥source⇥target`, then the columns: cosines and scores with six decimals, separators in a text as spaces. */
export function formatTsv(pair: ScoredPair, columns: readonly Column[] = []): string {
  const fields = [
    pair.score.toFixed(6),
    pair.source.text,
    pair.target.text,
    ...columnValues(pair, columns).map(([name, value]) =>
      name === "cosine" ? Number(value).toFixed(6) : String(value),
    ),
  ];
  return `${fields.map(toField).join("\t")}\n`;
}
