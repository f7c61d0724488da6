import { withoutCompressionSuffix } from "../codecs.js";
import { refuseCsv } from "../refuse-csv.js";

/** How documents can stand in an input. */
export const DOCUMENT_FORMATS = ["warc", "jsonl", "json", "text", "parquet"] as const;
/** How documents stand in an input: `warc` is WARC, WET or ARC. */
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

const BEGINNINGS: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/^\s*WARC\/\d|^\s*filedesc:\/\//, "warc"],
  [/^\s*\{\s*"/, "jsonl"],
  [/^\s*\[\s*(?:\{|"|$)/, "json"],
];

const SUFFIXES: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/\.(?:warc|wet|wat|arc)$/, "warc"],
  [/\.(?:jsonl|ndjson)$/, "jsonl"],
  [/\.json$/, "json"],
  [/\.parquet$/, "parquet"],
];

/**
 * The format of what begins with `start`, once decompressed; where that tells nothing, what its name tells; else text.
 *
 * @throws InputError for CSV
 */
export function recogniseFormat(start: string, path: string): DocumentFormat {
  const name = withoutCompressionSuffix(path).toLowerCase();
  const found =
    BEGINNINGS.find(([beginning]) => beginning.test(start)) ?? SUFFIXES.find(([suffix]) => suffix.test(name));
  if (found) return found[1];
  refuseCsv(path);
  return "text";
}
