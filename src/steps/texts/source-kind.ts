import { OptionError } from "../../errors.js";
import { type Format, guessFormat } from "../../read/format.js";
import type { ReadOptions, TextSource } from "../../read/input.js";
import { refuseNoText } from "../../read/open-text.js";
import type { ForeignLayout } from "../../store/arrays/foreign-vectors.js";
import { refuseOtherVectors } from "../../store/arrays/other-vectors.js";
import type { FileState } from "../../store/files/file-state.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { type ForeignOptions, foreignLayout, isVectors, TEXT_OPTION } from "./foreign-options.js";
import { partsOf } from "./parts.js";

interface Named {
  /** What messages call it. */
  name: string;
  /** How it is to be read, as it was given. */
  read: ReadOptions;
}

/** Bytes that sentences are read from; an async iterable is taken for them until its first element decides. */
export interface BytesSource extends Named {
  kind: "bytes";
  source: TextSource;
  /** The format that is given, else the one that its name tells. */
  format: Format;
}

/** Sentences in memory. */
export interface SentencesSource extends Named {
  kind: "sentences";
  source: TextSource;
}

/** A file of vectors; its sentences are those of the text that it was made from. */
export interface VectorsSource extends Named {
  kind: "vectors";
  source: string;
  side: SideName;
  /** Where that text lies by now, if it is elsewhere than when it was embedded. */
  text?: string;
  /** What is said of the vectors, if another program made them. */
  foreign?: ForeignLayout;
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

/** What is read of a source, with the text of vectors. */
export function filesOf(given: NamedSource): readonly TextSource[] {
  if (given.kind !== "vectors") return [given.source];
  const { source, text, foreign } = given;
  return [
    ...(foreign?.parts ?? (foreign ? [source] : partsOf(source))),
    ...(text === undefined ? [] : [text]),
  ];
}

/**
 * Decides what a source is as far as that can be told before it is read; `openText` decides the rest.
 *
 * @param side what sentences in memory are called
 * @param how how it is to be read; and where the text of vectors lies
 * @throws OptionError for what cannot be a text
 */
export function nameSource(
  source: TextSource,
  side: SideName,
  { read = {}, text, foreign }: { read?: ReadOptions; text?: string; foreign?: ForeignOptions } = {},
): NamedSource {
  if (isVectors(source, foreign, text !== undefined)) {
    const layout = foreignLayout(source, { text, side }, foreign);
    return { kind: "vectors", name: read.name ?? source, source, side, text, foreign: layout, read };
  }
  if (text === undefined) return nameText(source, side, read);
  if (typeof source === "string") refuseOtherVectors(source);
  throw new OptionError(
    say`${option(TEXT_OPTION[side])} tells where the text of vectors lies, but the ${side} is a text itself.`,
    { advice: "Leave it out, or give the vectors (.npy, .safetensors, Parquet, raw numbers)." },
  );
}

/** The same of what can be nothing but a text. */
export function nameText(
  source: TextSource,
  side: string,
  read?: ReadOptions,
): BytesSource | SentencesSource {
  refuseNoText(source, read?.name ?? side);
  if (typeof source === "string" || source instanceof Uint8Array) return nameBytes(source, read, side);
  if (Symbol.asyncIterator in source) return nameBytes(source, read, "pipe" in source ? undefined : side);
  return { kind: "sentences", name: read?.name ?? side, source, read: read ?? {} };
}

/** The same of what can be nothing but bytes. */
export function nameBytes(
  source: TextSource,
  read: ReadOptions = {},
  otherwise = "standard input",
): BytesSource {
  const path = typeof source === "string" ? source : undefined;
  return {
    kind: "bytes",
    name: read.name ?? path ?? otherwise,
    source,
    format: read.format ?? guessFormat(path ?? ""),
    read,
  };
}
