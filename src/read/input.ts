import type { OptionNames } from "../check-options.js";
import type { InputError } from "../errors.js";
import type { TextItem } from "../types/texts.js";
import type { Remark } from "../wording.js";
import type { Format } from "./format.js";

/**
 * A path; or the bytes themselves, or a stream of them (standard input), such as a Node `Readable`, a web `ReadableStream`
 * or an async generator. A stream may give strings in place of bytes: a stream's are pieces of one text, which end
 * anywhere (`setEncoding`, `TextDecoderStream`); any other async iterable's, and those of a `Readable` in object mode, are
 * lines of their own, as `node:readline` gives them.
 */
export type Input = string | Uint8Array | AsyncIterable<Uint8Array | string>;

/**
 * Where a text comes from: an `Input`, read by its format; or sentences that a program has. Those are strings, a
 * sentence each, records with `text`, or batches of either, as `readSentences` gives them, in any iterable, such as an array or
 * the cursor of a database.
 *
 * What an async iterable gives is decided by its first element: bytes are an `Input`; so are strings of a Node stream that
 * is not in object mode and of a web stream; all else are sentences. It is gone through once, and closed if the work
 * ends early; an error of its own is passed on as it is. What is no text is an error with its number.
 */
export type TextSource =
  | Input
  | Iterable<TextItem | readonly TextItem[]>
  | AsyncIterable<TextItem | readonly TextItem[]>;

/** How sentences are read. */
export interface ReadOptions {
  /**
   * How sentences stand in the input.
   * @default by the suffix before any .gz, .xz, .zst or .bz2: .tsv, .jsonl or .ndjson, .json, .parquet; else text
   */
  format?: Format;
  /**
   * tsv: the column of the text, from 1.
   * @default 1
   */
  column?: number;
  /** tsv: the column of the identifier, from 1. None without it. */
  idColumn?: number;
  /**
   * jsonl, json and parquet: the path to the text, such as `content.text` or `pages.0.text`.
   * @default "text"
   */
  field?: string;
  /**
   * jsonl, json and parquet: the path to the identifier. One that is named must be there.
   * @default "id", which may be absent
   */
  idField?: string;
  /**
   * What else of a record goes with its sentence: paths in jsonl, json and parquet, numbers of columns in tsv. Text and bucc have
   * nothing else.
   * @default nothing
   */
  fields?: readonly string[];
  /**
   * What to do with a line that cannot be read: stop with its error, or leave it out and go on.
   * @default "stop"
   */
  onError?: "stop" | "skip";
  /** Called once for each thing left out: with the same error for all that one fault costs. */
  onSkip?: (error: InputError) => void;
  /** Called with what seems wrong but may be meant. */
  onNote?: (note: Remark) => void;
  /** Ends the reading with the signal's reason. */
  signal?: AbortSignal;
  /**
   * What messages call the input.
   * @default its path, or "standard input" for a stream
   */
  name?: string;
}

/** Options of reading that say how sentences stand in bytes; sentences in memory have no use for them. */
export const READING = ["format", "column", "idColumn", "field", "idField"] as const;

/** The names of `ReadOptions`. */
export const READ_OPTIONS: OptionNames<ReadOptions> = {
  format: true,
  column: true,
  idColumn: true,
  field: true,
  idField: true,
  fields: true,
  onError: true,
  onSkip: true,
  onNote: true,
  signal: true,
  name: true,
};

/** The same once it is known how sentences stand in the input, and what messages call it. */
export type SettledReading = ReadOptions & Required<Pick<ReadOptions, "format" | "name">>;
