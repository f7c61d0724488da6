import { readField } from "../../text/field.js";
import { changeJson, type JsonChange } from "../../text/json-text.js";
import type { Pair, PairRecord } from "../../types/bitexts.js";
import type { TmxUnit } from "../../types/tmx-unit.js";
import { formatNumber, formatScore } from "./format-number.js";
import { otherCells } from "./other-texts.js";

/**
 * One JSON object a line: `score`, `source`, `target`, and what else the pair carries; `null` for a score that could not
 * be given. A line that was read is written as it came, character for character, but for what the pair says.
 *
 * @param withHeader whether the header of TMX is told, too
 */
export function formatPairJsonl(pair: Pair, withHeader = true): string {
  if (pair.record) return `${changeRecord(pair, pair.record, withHeader)}\n`;
  const { score, inputScore, source, target, row, tmx, added = {} } = pair;
  const texts: [string, unknown][] = [["source", source], ["target", target], ...otherCells(row)];
  // Not by assignment: a column may be called __proto__.
  const value = Object.fromEntries(
    score === undefined ? texts : [["score", Number(formatScore(score, inputScore))], ...texts],
  );
  if (tmx) value.tmx = tellTmx(tmx, withHeader);
  for (const [name, found] of Object.entries(added)) value[name] = roundNumber(found);
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

function changeRecord(pair: Pair, { text, value, fields }: PairRecord, withHeader: boolean): string {
  const { score, source, target, tmx, added = {} } = pair;
  const changes: JsonChange[] = [];
  const say = (path: string, found: unknown) => changes.push({ keys: path.split("."), value: found });
  if (score !== undefined && !isSameScore(readField(value, fields.score), score))
    say(fields.score, roundNumber(score));
  if (source !== readField(value, fields.source)) say(fields.source, source);
  if (target !== readField(value, fields.target)) say(fields.target, target);
  if (tmx) changes.push({ keys: ["tmx"], value: tellTmx(tmx, withHeader) });
  for (const [name, found] of Object.entries(added))
    changes.push({ keys: [name], value: roundNumber(found) });
  return changeJson(text, value, changes);
}

const tellTmx = (tmx: TmxUnit, withHeader: boolean) => (withHeader ? tmx : { ...tmx, header: undefined });

const isSameScore = (found: unknown, score: number) =>
  found === score || (found === null && Number.isNaN(score));

/** A number with six decimals, if it is not whole. JSON has no NaN: it becomes null. */
const roundNumber = (value: number | string) =>
  typeof value === "string" ? value : Number(formatNumber(value));
