import { ARC_HEAD, parseArcHead } from "./arc-head.js";
import type { Cursor } from "./cursor.js";
import { endOfHeader } from "./fields.js";
import { parseWarcHead } from "./warc-head.js";
import type { RecordHead } from "./web-record.js";

/** A header holds an address, which may be a `data:` of its own size. */
const MAX_HEAD_BYTES = 1024 * 1024;

const NO_RECORD = "no record of a WARC, WET or ARC begins here";

const LF = 0x0a;

/**
 * Takes the header of the record that begins here from the cursor.
 *
 * @returns the problem, if there is none that can be read; no record begins where the cursor then stands
 */
export async function takeHead(cursor: Cursor): Promise<RecordHead | string> {
  await cursor.hold(5);
  const isWarc = cursor.bytes.toString("latin1", 0, 5) === "WARC/";
  const findEnd = isWarc ? endOfHeader : endOfLine;
  let end = findEnd(cursor.bytes);
  while (end === 0) {
    if (cursor.bytes.length > MAX_HEAD_BYTES) {
      cursor.drop(1);
      return isWarc ? "the record's header is longer than 1 MiB" : NO_RECORD;
    }
    if (!(await cursor.grow())) {
      cursor.drop(cursor.bytes.length);
      return isWarc ? "the file ends within a record's header" : NO_RECORD;
    }
    end = findEnd(cursor.bytes);
  }
  const text = cursor.bytes.toString("utf8", 0, end);
  const arc = isWarc ? null : ARC_HEAD.exec(text);
  if (!isWarc && !arc) return NO_RECORD;
  cursor.drop(end);
  return arc ? parseArcHead(arc) : parseWarcHead(text);
}

function endOfLine(bytes: Buffer): number {
  return bytes.indexOf(LF) + 1;
}
