import type { Pair } from "../../types/bitexts.js";
import { recordOn } from "../jsonl.js";
import type { Line } from "../lines.js";
import type { PairRecordOptions } from "./field-options.js";
import { parsePairRecord } from "./pair-record.js";

/**
 * Reads JSON lines, an object a pair. A blank line is a pair of empty texts.
 *
 * @throws as `parsePairRecord`; the parser throws InputError for a line that is not JSON, too
 */
export function parsePairLine(options: PairRecordOptions): (row: Line) => Pair {
  const parse = parsePairRecord(options);
  return (row) => {
    const record = recordOn(row, options.path);
    return record ? parse({ ...record, text: row.text }) : { source: "", target: "", line: row.line };
  };
}
