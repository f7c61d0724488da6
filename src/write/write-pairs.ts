import type { Writable } from "node:stream";
import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { OptionError } from "../errors.js";
import type { ScoredPair } from "../types/pairs.js";
import { option, say } from "../wording.js";
import { formatBucc } from "./bucc.js";
import { withColumns } from "./columns.js";
import { writeText } from "./output.js";
import { formatPairTsv } from "./pairs/tsv.js";

/** How mined pairs can be written. */
export const PAIR_FORMATS = ["tsv", "jsonl", "bucc"] as const;
/** How mined pairs are written: `bucc` is identifiers alone. */
export type PairFormat = (typeof PAIR_FORMATS)[number];

/** How mined pairs are written. */
export interface WritePairsOptions {
  /** @default by the output's suffix: `.jsonl` or else `tsv` */
  format?: PairFormat;
  /** What stands beside score, source and target: of `COLUMNS`, or fields that were read with the sentences. @default nothing */
  columns?: readonly string[];
  /** Ends the writing with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `WritePairsOptions`. */
export const WRITE_PAIRS_OPTIONS: OptionNames<WritePairsOptions> = {
  format: true,
  columns: true,
  signal: true,
};

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
  options: WritePairsOptions = {},
): Promise<void> {
  refuseUnknown("writePairs", options, WRITE_PAIRS_OPTIONS);
  const { format = formatOf(output), columns, signal } = options;
  if (format === "bucc" && columns?.length)
    throw new OptionError(
      say`${option("columns")} is ${columns.join(",")}, but format bucc has identifiers alone.`,
      { advice: "Leave them out, or write tsv or jsonl." },
    );
  await writeText(formatAll(pairs, await formatterOf(format, columns)), output, signal);
}

async function formatterOf(
  format: PairFormat,
  columns?: readonly string[],
): Promise<(pair: ScoredPair) => string> {
  switch (format) {
    case "tsv":
      return (pair) => formatPairTsv(withColumns(pair, columns));
    case "jsonl": {
      const { formatPairJsonl } = await import("./pairs/jsonl.js");
      return (pair) => formatPairJsonl(withColumns(pair, columns));
    }
    case "bucc":
      return formatBucc;
    default:
      throw new OptionError(`Format "${format}" is unknown; use one of ${PAIR_FORMATS.join(", ")}.`);
  }
}

function formatOf(output: string | Writable): PairFormat {
  return typeof output === "string" && /\.(jsonl|ndjson)(\.gz|\.zst)?$/.test(output) ? "jsonl" : "tsv";
}

async function* formatAll(pairs: AsyncIterable<ScoredPair>, format: (pair: ScoredPair) => string) {
  for await (const pair of pairs) yield format(pair);
}
