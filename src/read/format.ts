import { withoutCompressionSuffix } from "./codecs.js";
import { refuseCsv } from "./refuse-csv.js";

/** `json` is one big array, `parquet` a table; the others hold one sentence a line. */
export const FORMATS = ["text", "tsv", "bucc", "jsonl", "json", "parquet"] as const;
/** How sentences stand in an input. */
export type Format = (typeof FORMATS)[number];

const SUFFIXES: readonly (readonly [suffix: string, format: Format])[] = [
  [".tsv", "tsv"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
  [".json", "json"],
  [".parquet", "parquet"],
];

/**
 * The format that a file's name tells: `wiki.de.jsonl.gz` holds JSON Lines; text where it tells nothing.
 *
 * @throws InputError for CSV
 */
export function guessFormat(path: string): Format {
  refuseCsv(path);
  const name = withoutCompressionSuffix(path).toLowerCase();
  return SUFFIXES.find(([suffix]) => name.endsWith(suffix))?.[1] ?? "text";
}
