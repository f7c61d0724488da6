import { type Format, guessFormat } from "../../read/format.js";
import type { Input, ReadOptions } from "../../read/input.js";
import type { FileState } from "../../store/files/file-state.js";
import type { Sentence } from "../../types/texts.js";

/** Where one side's text comes from: a path, a stream of bytes, or sentences in memory. */
export type TextSource = Input | Iterable<string | Sentence>;

interface Named {
  /** What messages call it. */
  name: string;
  /** How it is to be read, as it was given. */
  read: ReadOptions;
}

/** Bytes that sentences are read from. */
export interface BytesSource extends Named {
  kind: "bytes";
  source: Input;
  /** The format that is given, else the one that its name tells. */
  format: Format;
}

/** Sentences in memory. */
export interface SentencesSource extends Named {
  kind: "sentences";
  source: Iterable<string | Sentence>;
}

/** A file of vectors; its sentences are those of the text that it was made from. */
export interface VectorsSource extends Named {
  kind: "vectors";
  source: string;
}

/** What the sentences of a side are read from. */
export type SideText = (BytesSource | SentencesSource) & {
  /** SHA-256 of its content, where that is known. */
  hash?: string;
  /** What its file was when it was hashed. */
  state?: FileState;
};

/** A source of which it is known what it is. */
export type NamedSource = BytesSource | SentencesSource | VectorsSource;

/**
 * Decides what a source is, which nothing else does.
 *
 * @param side what sentences in memory are called
 */
export function nameSource(source: TextSource, side: string, read: ReadOptions = {}): NamedSource {
  if (typeof source === "string" && source.endsWith(".npy"))
    return { kind: "vectors", name: read.name ?? source, source, read };
  return nameText(source, side, read);
}

/** The same of what can be nothing but a text. */
export function nameText(
  source: TextSource,
  side: string,
  read?: ReadOptions,
): BytesSource | SentencesSource {
  if (typeof source === "string" || Symbol.asyncIterator in source) return nameBytes(source, read);
  return { kind: "sentences", name: read?.name ?? side, source, read: read ?? {} };
}

/** The same of what can be nothing but bytes. */
export function nameBytes(source: Input, read: ReadOptions = {}): BytesSource {
  const path = typeof source === "string" ? source : undefined;
  return {
    kind: "bytes",
    name: read.name ?? path ?? "standard input",
    source,
    format: read.format ?? guessFormat(path ?? ""),
    read,
  };
}
