import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { OptionError } from "../errors.js";
import type { ScoredPair } from "../types/pairs.js";
import { option, say } from "../wording.js";
import { formatBucc } from "./bucc.js";
import { withColumns } from "./columns.js";
import { writeText } from "./output.js";
import { guessPairFormat, isTwo, openPairs, type PairOutput } from "./pairs/open-pairs.js";
import { withoutLanguages } from "./pairs/tmx.js";
import { suffixesOf } from "./suffixes.js";

/** How mined pairs can be written. */
export const PAIR_FORMATS = ["tsv", "jsonl", "moses", "tmx", "bucc"] as const;
/** How mined pairs are written: `moses` is the texts alone, in two files, and `bucc` the identifiers alone. */
export type PairFormat = (typeof PAIR_FORMATS)[number];

/** How mined pairs are written. */
export interface WritePairsOptions {
  /**
   * @default moses for two outputs; else by the suffix before any .gz or .zst: .jsonl or .ndjson, .tmx, .bucc; else tsv. A
   * name of a format that is not written, such as .json or .csv, is refused
   */
  format?: PairFormat;
  /** What stands beside score, source and target: of `COLUMNS`, or fields that were read with the sentences. @default nothing */
  columns?: readonly string[];
  /** tmx needs them: the languages of source and target, such as ["de", "en"]. */
  languages?: readonly [source: string, target: string];
  /** tsv: begin with the names of the columns. @default false */
  header?: boolean;
  /** Ends the writing with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `WritePairsOptions`. */
export const WRITE_PAIRS_OPTIONS: OptionNames<WritePairsOptions> = {
  format: true,
  columns: true,
  languages: true,
  header: true,
  signal: true,
};

/**
 * Writes pairs to a file or a stream, or to the two files of Moses.
 *
 * A file appears whole under its name or not at all, compressed if its name ends in `.gz` or `.zst`.
 *
 * @throws OutputError if the output cannot be written; OptionError for a format that does not fit it, or that has no place
 * for what is asked for
 */
export async function writePairs(
  pairs: AsyncIterable<ScoredPair>,
  output: PairOutput,
  options: WritePairsOptions = {},
): Promise<void> {
  const format = settlePairFormat(output, options);
  const { columns, languages, header, signal } = options;
  if (format === "bucc") {
    if (isTwo(output))
      throw new OptionError("Two outputs are named, but format bucc is one file.", {
        advice: "Name one output.",
      });
    if (header) throw new OptionError("A header is asked for, but format bucc has none; expected tsv.");
    return writeText(formatAll(pairs, formatBucc), output, signal);
  }
  await using sink = openPairs(output, { format, languages, header, signal });
  for await (const pair of pairs) await sink.write([withColumns(pair, columns)]);
  await sink.finish();
}

/** The format in which mined pairs are written, once nothing that is asked for speaks against it. */
function settlePairFormat(output: PairOutput, options: WritePairsOptions): PairFormat {
  refuseUnknown("writePairs", options, WRITE_PAIRS_OPTIONS);
  const { format = guessMinedFormat(output), columns, languages } = options;
  if (!PAIR_FORMATS.includes(format))
    throw new OptionError(`Format "${format}" is unknown; use one of ${PAIR_FORMATS.join(", ")}.`);
  if ((format === "bucc" || format === "moses") && columns?.length)
    throw new OptionError(
      say`${option("columns")} is ${columns.join(",")}, but format ${format} has ${format === "bucc" ? "identifiers" : "texts"} alone.`,
      { advice: "Leave them out, or write tsv, jsonl or tmx." },
    );
  if (languages && format !== "tmx")
    throw new OptionError(
      say`${option("languages")} is ${languages.join(",")}, but format ${format} names no languages.`,
      { advice: "Leave it out, or write tmx." },
    );
  if (format === "tmx" && !languages) throw withoutLanguages();
  return format;
}

/** The format that a name tells, as `guessPairFormat`; `pairs.bucc` is BUCC. */
export function guessMinedFormat(output: PairOutput): PairFormat {
  const isBucc = typeof output === "string" && suffixesOf(output).suffix === "bucc";
  return isBucc ? "bucc" : guessPairFormat(output);
}

async function* formatAll(pairs: AsyncIterable<ScoredPair>, format: (pair: ScoredPair) => string) {
  for await (const pair of pairs) yield format(pair);
}
