import type { InputError } from "../../errors.js";
import type { DocumentCounts } from "./document-counts.js";
import type { DocumentFormat } from "./document-format.js";
import type { Preset } from "./presets.js";

/** How the documents of an input are read. */
export interface DocumentOptions {
  /**
   * How documents stand in the input: `warc` (WARC, WET and ARC, told apart by their first bytes), `jsonl`, `json` (one
   * big array), `text` (each line a block, a blank line between documents), or `parquet` (a file, not a stream).
   * @default parquet where the first bytes show it; else by the preset; else by the first bytes, and where they tell nothing by the name before any .gz, .xz, .zst
   * or .bz2; else text
   */
  format?: DocumentFormat;
  /** The fields of a corpus as it is published; what is named beside it goes before. */
  preset?: Preset;
  /**
   * jsonl, json and parquet: the path to the text, such as `content.text`.
   * @default "text"
   */
  field?: string;
  /**
   * jsonl, json and parquet: the path to the address. One that is named must be there.
   * @default "url", which may be absent
   */
  urlField?: string;
  /**
   * jsonl, json and parquet: the path to the identifier. One that is named must be there.
   * @default "id", which may be absent
   */
  idField?: string;
  /**
   * What to do with a record that cannot be read: stop with its error, or leave it out and go on.
   * @default "stop"
   */
  onError?: "stop" | "skip";
  /** Called once for each thing left out as broken. */
  onSkip?: (error: InputError) => void;
  /** Counts are added here while the reading goes on. */
  counts?: DocumentCounts;
  /** Ends the reading with the signal's reason. */
  signal?: AbortSignal;
  /**
   * What messages call the input.
   * @default its path, or "standard input" for a stream
   */
  name?: string;
}
