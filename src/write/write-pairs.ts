import type { Writable } from "node:stream";
import { OptionError } from "../errors.js";
import type { ScoredPair } from "../types.js";
import { formatBucc } from "./bucc.js";
import { withColumns } from "./columns.js";
import { writeText } from "./output.js";
import { formatPairJsonl } from "./pairs/jsonl.js";
import { formatPairTsv } from "./pairs/tsv.js";

export const PAIR_FORMATS = ["tsv", "jsonl", "bucc"] as const;
export type PairFormat = (typeof PAIR_FORMATS)[number];

export interface WritePairsOptions {
  /** @default by the output's suffix: `.jsonl` or else `tsv` */
  format?: PairFormat;
  /** What stands beside score, source and target: of `COLUMNS`, or fields that were read with the sentences. @default nothing */
  columns?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Writes pairs to a file or a stream.
 *
 * A file appears whole under its name or not at all, compressed if its name ends in `.gz` or `.zst`.
 *
 * @throws OutputError if the output cannot be written; OptionError for columns of a format that has none
 */
export async function writePairs(
  pairs: AsyncIterable<ScoredPair>,
  output: string | Writable,
  { format = formatOf(output), columns, signal }: WritePairsOptions = {},
): Promise<void> {
  if (format === "bucc" && columns?.length)
    throw new OptionError(
      `columns are ${columns.join(",")}, but bucc writes identifiers alone. Leave them out, or write tsv or jsonl.`,
    );
  const formats: Record<PairFormat, (pair: ScoredPair) => string> = {
    tsv: (pair) => formatPairTsv(withColumns(pair, columns)),
    jsonl: (pair) => formatPairJsonl(withColumns(pair, columns)),
    bucc: formatBucc,
  };
  await writeText(formatAll(pairs, formats[format]), output, signal);
}

function formatOf(output: string | Writable): PairFormat {
  return typeof output === "string" && /\.(jsonl|ndjson)(\.gz|\.zst)?$/.test(output) ? "jsonl" : "tsv";
}

async function* formatAll(pairs: AsyncIterable<ScoredPair>, format: (pair: ScoredPair) => string) {
  for await (const pair of pairs) yield format(pair);
}
