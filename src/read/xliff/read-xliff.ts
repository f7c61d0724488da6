import type { Pair } from "../../types/bitexts.js";
import type { Report } from "../faults.js";
import { readUnits, type UnitFormat } from "../units/read-units.js";
import type { UnitsReading } from "../units/units-options.js";
import { XliffParser } from "./xliff-parser.js";

/** Reads XLIFF 1.0 to 1.2 and 2.0 to 2.2, a pair a segment, as `readUnits` does. */
export function readXliff(
  chunks: AsyncIterable<Buffer>,
  options: UnitsReading,
  report: Report,
): AsyncGenerator<Pair[]> {
  const { path, codes = "drop" } = options;
  // A parser that begins amid the units goes on with what the one before it knew.
  const known = { languages: {} };
  const format: UnitFormat = {
    begin: (handlers, start) => new XliffParser({ path, codes, known }, handlers, start),
    units: ["trans-unit", "unit", "file"],
  };
  return readUnits(chunks, options, format, report);
}
