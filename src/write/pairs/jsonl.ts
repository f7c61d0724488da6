import type { Pair } from "../../types.js";
import { otherCells } from "./other-texts.js";

/**
 * One JSON object a line: `score`, `source`, `target`, and what else the pair carries; `null` for a score that could not
 * be given. An object that was read is written as it came, but for what the pair says.
 *
 * @param withHeader whether the header of TMX is told, too
 */
export function formatPairJsonl(pair: Pair, withHeader = true): string {
  const { score, source, target, record, row, tmx, added = {} } = pair;
  const value: Record<string, unknown> = record ? { ...record.value } : {};
  const { fields } = record ?? { fields: { score: "score", source: "source", target: "target" } };
  if (score !== undefined && !(record && sameScore(readPath(value, fields.score), score)))
    setPath(value, fields.score, roundScore(score));
  setPath(value, fields.source, source);
  setPath(value, fields.target, target);
  for (const [name, cell] of otherCells(row)) value[name] = cell;
  if (tmx) value.tmx = withHeader ? tmx : { ...tmx, header: undefined };
  for (const [name, found] of Object.entries(added))
    value[name] = typeof found === "number" ? roundScore(found) : found;
  return `${JSON.stringify(value)}\n`;
}

/** JSON lines of pairs in their order; a header of TMX is told where it is not that of the line before. */
export function pairsToJsonl(): (pair: Pair) => string {
  let told: unknown;
  return (pair) => {
    const isNew = pair.tmx?.header !== told;
    if (pair.tmx) told = pair.tmx.header;
    return formatPairJsonl(pair, isNew);
  };
}

const sameScore = (found: unknown, score: number) =>
  found === score || (found === null && Number.isNaN(score));

/** JSON has no NaN: it becomes null. */
const roundScore = (value: number) => (Number.isInteger(value) ? value : Number(value.toFixed(6)));

function readPath(value: Record<string, unknown>, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);
}

/** Puts a value at a path such as `translation.de`; what is on the way is copied, since it belongs to the reader. */
function setPath(object: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  let at = object;
  for (const key of keys.slice(0, -1)) {
    const below = at[key];
    const copy = Array.isArray(below) ? [...below] : { ...(below as Record<string, unknown> | undefined) };
    at[key] = copy;
    at = copy as Record<string, unknown>;
  }
  at[keys.at(-1)!] = value;
}
