import { OptionError } from "../../errors.js";
import { describeValue, readField } from "../../text/field.js";
import type { Pair, PairFields } from "../../types/bitexts.js";
import type { TmxElement } from "../../types/tmx-unit.js";
import { option, say } from "../../wording.js";
import { SKIP } from "../faults.js";
import { recordOn } from "../jsonl.js";
import type { Line } from "../lines.js";
import { checkTmxUnit } from "./tmx-record.js";

export interface PairFieldOptions {
  /**
   * jsonl: the paths to source and target, such as `translation.de`.
   * @default ["source", "target"]
   */
  fields?: readonly [source: string, target: string];
  /** jsonl: the path to the score, which may be absent. @default "score" */
  scoreField?: string;
}

/**
 * Reads JSON lines, an object a pair, and keeps the line with all its other fields. A blank line is a pair of empty
 * texts. The header of TMX stands in the first line that has it and holds until there is another.
 *
 * @throws the parser throws InputError for a line that is not JSON, or lacks a text
 */
export function parsePairRecord(
  { fields = ["source", "target"], scoreField = "score" }: PairFieldOptions,
  path: string,
): (row: Line) => Pair {
  const [source, target] = fields;
  if (fields.length !== 2 || new Set([source, target, scoreField]).size < 3)
    throw new OptionError(
      say`${option("fields")} are ${fields.join(", ")} and ${option("scoreField")} is ${scoreField}; expected different fields for source, target and score.`,
    );
  const paths: PairFields = { source, target, score: scoreField };
  let header: TmxElement | undefined;
  return (row) => {
    const { line } = row;
    const json = recordOn(row, path);
    if (!json) return { source: "", target: "", line };
    const { value } = json;
    const fault = (problem: string) =>
      json.fault(problem, {
        advice: say`Name the right fields with ${option("fields")}, or pass ${SKIP}.`,
      });
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw fault(`is ${describeValue(value)}; expected an object with fields "${source}" and "${target}".`);
    const textAt = (field: string): string => {
      const found = readField(value, field);
      if (typeof found === "string") return found;
      throw fault(`field "${field}" is ${describeValue(found)}; expected a text.`);
    };
    const record = { text: row.text, value: value as Record<string, unknown>, fields: paths };
    const pair: Pair = { source: textAt(source), target: textAt(target), line, record };
    const score = readField(value, scoreField);
    if (score === Number.POSITIVE_INFINITY || score === Number.NEGATIVE_INFINITY)
      throw fault(`field "${scoreField}" holds a number too large to be read.`);
    if (typeof score === "number") pair.score = score;
    else if (score !== undefined && score !== null)
      throw fault(`field "${scoreField}" is ${describeValue(score)}; expected a number.`);
    const tmx = checkTmxUnit(readField(value, "tmx"));
    if (tmx) {
      header = tmx.header ?? header;
      pair.tmx = { ...tmx, header };
    }
    return pair;
  };
}
