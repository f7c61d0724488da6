import type { Pair } from "../../types/bitexts.js";
import type { Report } from "../faults.js";
import { decodeXml } from "../xml/decode-xml.js";
import type { UnitNames } from "../xml/find-unit.js";
import type { Start } from "../xml/own-names.js";
import { INVALID, ResumingParser } from "../xml/resuming-parser.js";
import type { UnitHandlers, UnitParser } from "./unit.js";
import { UnitPairs } from "./unit-pairs.js";
import type { UnitsReading } from "./units-options.js";

/** A kind of document. */
export interface UnitFormat {
  /** Makes a parser, of the document or from a place amid its units. */
  begin(handlers: UnitHandlers, start?: Start): UnitParser;
  /** Where reading can go on. */
  units: UnitNames;
}

/**
 * Reads translation units as a stream, a pair a unit, as many at a time as a chunk ends. With `onError: "skip"` it goes on
 * behind a unit whose XML is broken.
 *
 * @throws InputError, with the line, if the document is another, declares entities, or has neither language; BrokenInput if
 * its XML is broken
 */
export async function* readUnits(
  chunks: AsyncIterable<Buffer>,
  options: UnitsReading,
  format: UnitFormat,
  report: Report,
): AsyncGenerator<Pair[]> {
  const { path } = options;
  const made = new UnitPairs(path, options, report);
  const pairs: Pair[] = [];
  const handlers: UnitHandlers = {
    onUnit: (unit) => {
      const pair = made.pairOf(unit);
      if (pair) pairs.push(pair);
    },
    onHeader: (header) => {
      made.header = header;
    },
  };
  const begin = (start?: Start) => format.begin(handlers, start);
  const goesOn = options.onError === "skip";
  const parser = goesOn ? new ResumingParser(begin, format.units, report) : begin().xml;
  const mend = goesOn ? () => INVALID : undefined;
  let blank = true;
  for await (const text of withEnd(decodeXml(chunks, path, mend))) {
    blank &&= text === undefined || text.trim() === "";
    try {
      // An empty file is an empty bitext, in every format.
      if (text === undefined && blank) break;
      if (text === undefined) parser.end();
      else parser.write(text);
    } finally {
      // What ended before a fault is given before it.
      if (pairs.length > 0) yield pairs.splice(0);
    }
  }
  made.finish();
}

/** The pieces, and then `undefined`. */
async function* withEnd<T>(pieces: AsyncIterable<T>): AsyncGenerator<T | undefined> {
  yield* pieces;
  yield undefined;
}
