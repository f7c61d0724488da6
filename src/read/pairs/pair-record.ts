import { OptionError } from "../../errors.js";
import { describeValue, readField } from "../../text/field.js";
import type { Pair, PairFields } from "../../types/bitexts.js";
import type { TmxElement } from "../../types/tmx-unit.js";
import { option, say } from "../../wording.js";
import { SKIP } from "../faults.js";
import type { JsonRecord } from "../record.js";
import { chooseFields } from "./choose-fields.js";
import type { PairFieldOptions, PairRecordOptions } from "./field-options.js";
import { checkTmxUnit } from "./tmx-record.js";

/** A record and its text, on one line. */
export type TextRecord = Omit<JsonRecord, "written"> & { text: string };

/**
 * Reads objects of JSON, each a pair, and keeps them with all their other fields. The header of TMX stands in the first
 * record that has it and holds until there is another.
 *
 * @throws OptionError for fields that cannot be; the parser throws InputError for a record that lacks a text
 */
export function parsePairRecord(options: PairRecordOptions): (record: TextRecord) => Pair {
  checkFields(options);
  let fields: PairFields | undefined;
  let header: TmxElement | undefined;
  return ({ value, text, line, fault: makeFault, noText }) => {
    const fault = (problem: string) =>
      makeFault(problem, { advice: say`Name the right fields with ${option("fields")}, or pass ${SKIP}.` });
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const [source, target] = options.fields ?? ["source", "target"];
      throw makeFault(
        `is ${describeValue(value)}; expected an object with fields "${source}" and "${target}".`,
        { advice: say`Write each pair as such an object, or pass ${SKIP}.` },
      );
    }
    const key = options.fields ? undefined : keyOfArray(value);
    if (key !== undefined)
      throw makeFault(
        `is an object with an array in "${key}"; expected an object with fields "source" and "target".`,
        { advice: "Write that array alone into a file, or each of its elements on a line." },
      );
    fields ??= chooseFields(value, options);
    const textAt = (field: string): string => {
      const found = readField(value, field);
      const other = noText?.(field);
      if (typeof found === "string" && !other) return found;
      throw fault(`field "${field}" is ${other ?? describeValue(found)}; expected a text.`);
    };
    const record = { text, value: value as Record<string, unknown>, fields };
    const pair: Pair = { source: textAt(fields.source), target: textAt(fields.target), line, record };
    const score = readField(value, fields.score);
    if (score === Number.POSITIVE_INFINITY || score === Number.NEGATIVE_INFINITY)
      throw fault(`field "${fields.score}" holds a number too large to be read.`);
    if (typeof score === "number") pair.score = pair.inputScore = score;
    else if (score !== undefined && score !== null)
      throw fault(`field "${fields.score}" is ${describeValue(score)}; expected a number.`);
    const tmx = checkTmxUnit(readField(value, "tmx"));
    if (tmx) {
      header = tmx.header ?? header;
      pair.tmx = { ...tmx, header };
    }
    return pair;
  };
}

/** The key of an object's array of pairs, if the object is no pair but holds them. */
function keyOfArray(value: object): string | undefined {
  const entries = Object.entries(value);
  if (entries.some(([name]) => ["source", "target", "translation"].includes(name))) return undefined;
  const texts = entries.filter(([, found]) => typeof found === "string");
  const isObject = (found: unknown) => typeof found === "object" && found !== null;
  return texts.length >= 2
    ? undefined
    : entries.find(([, found]) => Array.isArray(found) && found.some(isObject))?.[0];
}

function checkFields({ fields = ["source", "target"], scoreField = "score" }: PairFieldOptions): void {
  const [source, target] = fields;
  if (fields.length === 2 && new Set([source, target, scoreField]).size === 3) return;
  throw new OptionError(
    say`${option("fields")} are ${fields.join(", ")} and ${option("scoreField")} is ${scoreField}; expected different fields for source, target and score.`,
  );
}
