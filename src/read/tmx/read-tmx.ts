import type { Pair } from "../../types/bitexts.js";
import type { Report } from "../faults.js";
import { readUnits, type UnitFormat } from "../units/read-units.js";
import type { UnitsReading } from "../units/units-options.js";
import { TmxParser } from "./tmx-parser.js";

/** Reads TMX 1.1 to 1.4, as `readUnits` does. */
export function readTmx(
  chunks: AsyncIterable<Buffer>,
  options: UnitsReading,
  report: Report,
): AsyncGenerator<Pair[]> {
  const { path, codes = "drop" } = options;
  const format: UnitFormat = {
    begin: (handlers, start) => new TmxParser(path, codes, handlers, start),
    units: ["tu"],
  };
  return readUnits(chunks, options, format, report);
}
