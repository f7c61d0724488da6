import type { Writable } from "node:stream";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import { type Pair, WRITTEN_FORMATS, type WrittenFormat } from "../../types/bitexts.js";
import type { Remark } from "../../wording.js";
import { checkCompression } from "../compress.js";
import { openText, type TextSink } from "../text-sink.js";
import { checkMosesNames, formatOfOutput } from "./format-of-output.js";
import { pairsToJsonl } from "./jsonl.js";
import type { PairSink } from "./pair-sink.js";
import { openTmx } from "./tmx.js";
import { pairsToTsv } from "./tsv.js";

/** One output, or the two of Moses. */
export type PairOutput = string | Writable | readonly [source: string, target: string];

/** How pairs are written. */
export interface OpenPairsOptions {
  /**
   * How pairs are written.
   * @default moses for two outputs; else by the suffix before any .gz or .zst: .jsonl or .ndjson, .tmx; else tsv. A name
   * of a format that is not written, such as .json or .csv, is refused. The input's format says nothing here:
   * `recogniseBitext` tells it
   */
  format?: WrittenFormat;
  /** tmx: the languages of source and target. @default as the first pair has them, if it was read from TMX */
  languages?: readonly [source: string, target: string];
  /** tsv: begin with the names of the columns. @default whether the pairs were read with names */
  header?: boolean;
  /** Called with what is left out. */
  onNote?: (note: Remark) => void;
  /** Ends the writing with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `OpenPairsOptions`. */
export const OPEN_PAIRS_OPTIONS: OptionNames<OpenPairsOptions> = {
  format: true,
  languages: true,
  header: true,
  onNote: true,
  signal: true,
};

/**
 * Opens an output, or the two of Moses, for pairs: as many may be open at once as a job needs.
 *
 * @throws OptionError for a format that does not fit the outputs; OutputError while writing
 */
export function openPairs(output: PairOutput, options: OpenPairsOptions = {}): PairSink {
  refuseUnknown("openPairs", options, OPEN_PAIRS_OPTIONS);
  const { signal, languages } = options;
  const format = settleFormat(output, options);
  if (isTwo(output)) return openMoses(openText(output[0], signal), openText(output[1], signal));
  const text = openText(output, signal);
  if (format === "tmx") return openTmx(text, languages);
  if (format === "jsonl") return openLines(text, pairsToJsonl());
  const rows = pairsToTsv(options.header);
  return openLines(text, rows.format, () => rows.leftOut.tell(options.onNote));
}

/**
 * The format in which an output is written: the one that is asked for, or that its name tells.
 *
 * @throws OptionError for a format that does not fit the outputs, or a name of a format that is not written; OutputError
 * for a compression that is not written
 */
export function settleFormat(output: PairOutput, options: OpenPairsOptions = {}): WrittenFormat {
  const format = options.format ?? guessPairFormat(output);
  if (!WRITTEN_FORMATS.includes(format))
    throw new OptionError(`The output format is "${format}"; expected one of ${WRITTEN_FORMATS.join(", ")}.`);
  if (isTwo(output) && format !== "moses")
    throw new OptionError(`Two outputs are named, but a bitext in format ${format} is one file.`, {
      advice: "Name one output.",
    });
  if (!isTwo(output) && format === "moses")
    throw new OptionError("One output is named, but a bitext in format moses is two files.", {
      advice: "Name an output for each side.",
    });
  if (options.header && format !== "tsv")
    throw new OptionError(`A header is asked for, but format ${format} has none; expected tsv.`);
  for (const name of [output].flat()) if (typeof name === "string") checkCompression(name);
  return format;
}

/**
 * The format that a name tells: `kept.tmx.gz` is TMX; TSV where it tells nothing. Two outputs are Moses.
 *
 * @throws OptionError for the name of a format in which no pairs are written, such as `kept.xlsx`
 */
export function guessPairFormat(output: PairOutput): WrittenFormat {
  if (isTwo(output)) {
    checkMosesNames(output);
    return "moses";
  }
  return (typeof output === "string" ? formatOfOutput(output) : undefined) ?? "tsv";
}

/** Whether they are the two of Moses. */
export function isTwo(output: PairOutput): output is readonly [string, string] {
  return Array.isArray(output);
}

function openLines(text: TextSink, format: (pair: Pair) => string, atEnd = () => {}): PairSink {
  return {
    write: (pairs) => text.write(pairs.map(format).join("")),
    complete: () => text.complete(),
    finish: async () => {
      await text.finish();
      atEnd();
    },
    [Symbol.asyncDispose]: () => text[Symbol.asyncDispose](),
  };
}

/** Line n of one file translates line n of the other; neither appears before both are whole. */
function openMoses(source: TextSink, target: TextSink): PairSink {
  const complete = async () => {
    await source.complete();
    await target.complete();
  };
  return {
    write: async (pairs) => {
      await source.write(pairs.map((pair) => `${toLine(pair.source)}\n`).join(""));
      await target.write(pairs.map((pair) => `${toLine(pair.target)}\n`).join(""));
    },
    complete,
    finish: async () => {
      await complete();
      await source.finish();
      await target.finish();
    },
    [Symbol.asyncDispose]: async () => {
      await source[Symbol.asyncDispose]();
      await target[Symbol.asyncDispose]();
    },
  };
}

/** What `paste` takes for a separator, and what any tool takes for the end of a line (Python's `splitlines`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be found.
const SEPARATORS = /[\t-\r\x1c-\x1e\x85\u2028\u2029]+/g;

const toLine = (text: string) => text.replace(SEPARATORS, " ");
