import type { Pair } from "../../types/bitexts.js";
import { type Element, recordIn } from "../json-array.js";
import type { PairRecordOptions } from "./field-options.js";
import { parsePairRecord } from "./pair-record.js";

/** Spaces between what JSON is made of, or one of its texts. */
const SPACES = /("[^"\\]*(?:\\.[^"\\]*)*")|\s+/gs;

/** Reads the elements of a JSON array, an object a pair, with their digits; an element becomes one line. */
export function parsePairElement(options: PairRecordOptions): (element: Element) => Pair {
  const parse = parsePairRecord(options);
  return (element) => parse({ ...recordIn(element, options.path), text: element.text.replace(SPACES, "$1") });
}
