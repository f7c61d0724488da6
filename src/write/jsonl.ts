import type { ScoredPair } from "../types.js";
import { type Column, columnValues } from "./columns.js";

/** One JSON object a line: `score`, `source`, `target` and the columns by name; numbers with six decimals. */
export function formatJsonl(pair: ScoredPair, columns: readonly Column[] = []): string {
  const extra = columnValues(pair, columns).map(([name, value]) => [
    name,
    typeof value === "number" ? round(value) : value,
  ]);
  const { text: source } = pair.source;
  const { text: target } = pair.target;
  return `${JSON.stringify({ score: round(pair.score), source, target, ...Object.fromEntries(extra) })}\n`;
}

const round = (value: number) => Number(value.toFixed(6));
