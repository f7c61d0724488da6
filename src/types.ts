import type { TmxUnit } from "./tmx-unit.js";

/** One sentence as a reader found it. */
export interface Sentence {
  /** Its text, as it stands in the input. */
  text: string;
  /** The place in its input, from 1: a line, or an element of a JSON array. */
  line: number;
  /** The identifier that the input gives it, where it has one. */
  id?: string;
  /** What its record has in the fields that were asked for, in their order; empty where it has nothing. */
  fields?: string[];
}

/** A page, or a record of a corpus, as its reader found it. */
export interface TextDocument {
  /** Paragraphs, headings, list items and cells in reading order; a sentence never crosses from one to the next. */
  blocks: string[];
  /**
   * Where its record begins: the byte of its own gzip or zstd member, as in a CDX; else a byte of the decompressed
   * input; for line formats a line and for a JSON array an element, from 1.
   */
  offset: number;
  url?: string;
  /** The identifier of its record: a WARC-Record-ID without `<urn:uuid:…>`, or the corpus's own. */
  id?: string;
}

/** Texts by number, held in memory or in a file. */
export interface Texts {
  readonly length: number;
  get(index: number): string;
}

/** A row-major matrix of `rows` × `dimensions` float32 numbers. */
export interface Vectors {
  readonly rows: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** Vectors that are read a block at a time, from memory or from a file. */
export interface VectorRows {
  readonly rows: number;
  readonly dimensions: number;
  /** The rows from `start` up to `end`, which the caller must not change. */
  read(start: number, end: number): Float32Array;
}

/** A part of a vector that one encoder of several gives. */
export interface VectorBlock {
  /** How many numbers it is. */
  dimensions: number;
  /** Its share of a cosine; the shares of all blocks make 1. */
  weight: number;
}

/** A side of a pair of texts. */
export type SideName = "source" | "target";

/** Which side texts are of, and who hears of encoding them. */
export interface EncodeOptions {
  /** Ends the work with the signal's reason. */
  signal?: AbortSignal;
  /** Which side the texts are of, for an encoder that puts another prompt before each. @default "source" */
  side?: SideName;
  /** Called with the number of texts that were cut because they are too long for the encoder. */
  onTruncated?: (count: number) => void;
  /** Called with the number of texts that were encoded since the last call. */
  onEncoded?: (count: number) => void;
}

/**
 * Turns texts into vectors.
 *
 * Vectors of two encoders can be compared only where `space` is the same: it names the model, its variant, its
 * dimensions and any fitted statistics.
 */
export interface Encoder {
  /** What its vectors are of: those of the same space can be compared. */
  readonly space: string;
  /** Numbers of a vector. */
  readonly dimensions: number;
  /** What is put before each side's texts, where something is. */
  readonly prompts?: Readonly<Record<SideName, string>>;
  /** Texts of more tokens are cut. */
  readonly maxTokens?: number;
  /** Whether its vectors are better compared with each side's mean subtracted. */
  readonly centre?: boolean;
  /** The parts of its vectors, where they come from several encoders. */
  readonly blocks?: readonly VectorBlock[];
  /** What was opened, in a line for people. */
  readonly description?: string;
  /**
   * The vectors of `texts`: `texts.length` × `dimensions`; a text without any feature is all zeros. They are of unit
   * length only where the encoder normalises; a search normalises all.
   */
  encode(texts: readonly string[], options?: EncodeOptions): Promise<Float32Array>;
  /** Learns what the encoder needs to know of a corpus and gives an encoder with that frozen in. */
  fit?(batches: AsyncIterable<readonly string[]> | Iterable<readonly string[]>): Promise<Encoder>;
  /** Frees what the runtime holds. */
  close?(): Promise<void>;
}

/** For each row its nearest rows of the other side, by descending cosine, ties by index. */
export interface Neighbours {
  readonly rows: number;
  readonly k: number;
  /** rows × k; `NO_NEIGHBOUR` where a row has fewer. */
  readonly indices: Uint32Array;
  /** rows × k cosines. */
  readonly cosines: Float32Array;
}

export const NO_NEIGHBOUR = 0xffffffff;

/**
 * Neighbours as an index found them, by what it took for their cosines, beside the exact ones: lists of several shards
 * merge to what one search finds only in the order in which they were found.
 */
export interface FoundLists {
  readonly rows: number;
  /** Slots a row. */
  readonly k: number;
  /** rows × k; `NO_NEIGHBOUR` where a row has fewer. */
  readonly indices: Uint32Array;
  /** rows × k, descending; equal ones by index. */
  readonly found: Float32Array;
  /** rows × k; NaN where the pair counts as not there. */
  readonly exact: Float32Array;
}

/**
 * Every pair of which one is among the k nearest of the other, by source, then target: one column a field.
 * A rank is 1 for the nearest and 0 where the other side's sentence is not among the k nearest.
 */
export interface Candidates {
  readonly length: number;
  readonly k: number;
  readonly sourceRows: number;
  readonly targetRows: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly cosine: Float32Array;
  /** Rank of the target among the source's neighbours. */
  readonly forwardRank: Uint16Array;
  /** Rank of the source among the target's neighbours. */
  readonly backwardRank: Uint16Array;
}

/** How a cosine can be set against its neighbourhood. */
export const MARGINS = ["absolute", "distance", "ratio"] as const;
/** How a cosine is set against its neighbourhood (Artetxe & Schwenk 2019): not at all, by difference, by ratio. */
export type Margin = (typeof MARGINS)[number];

/** How pairs can be chosen among candidates. */
export const RETRIEVALS = ["forward", "backward", "max", "intersection", "union"] as const;
/** How pairs are chosen among candidates; see `SelectOptions`. */
export type Retrieval = (typeof RETRIEVALS)[number];

/** A text of a pair, with every place where that text stands on its side. */
export interface PairSide {
  /** The text, as it stands first. */
  text: string;
  /** Every line on which it stands, from 1, ascending. */
  lines: number[];
  /** One a line, where the input gives identifiers. */
  ids: string[];
  /** Of each field that was asked for, one value a line. */
  fields?: Readonly<Record<string, string[]>>;
}

/** Two texts held to be translations of each other. */
export interface ScoredPair {
  /** The margin; higher is better. */
  score: number;
  /** Of the two vectors, centred if the search is. */
  cosine: number;
  /** The source's text and its places. */
  source: PairSide;
  /** The target's text and its places. */
  target: PairSide;
  /** Rank of the target among the source's nearest, from 1; 0 if it is not among the k nearest. */
  forwardRank: number;
  /** Rank of the source among the target's nearest, from 1; 0 if it is not among the k nearest. */
  backwardRank: number;
}

/** How pairs can stand in files. */
export const BITEXT_FORMATS = ["tsv", "jsonl", "moses", "tmx"] as const;
/** How pairs stand in files: `moses` is two files with a pair on each line number, the others hold both sides. */
export type BitextFormat = (typeof BITEXT_FORMATS)[number];

/** A pair of a bitext, as its reader found it, with whatever else its row carries. */
export interface Pair {
  /** The source's text. */
  source: string;
  /** The target's text. */
  target: string;
  /** The place in its input, from 1: a line, or a translation unit of TMX. */
  line: number;
  /** The score that the input gives it, where it has one; or a job. */
  score?: number;
  /** TSV: the whole row. It is written as it came, but for what the pair says. */
  row?: PairRow;
  /** JSON lines: the whole line. It is written as it came, but for what the pair says. */
  record?: PairRecord;
  /** TMX: what the unit tells beside its text. */
  tmx?: TmxUnit;
  /** What a job adds: further columns of TSV, further fields of JSON lines, `x-` properties of TMX. */
  added?: Readonly<Record<string, string | number>>;
}

/** A row of TSV. */
export interface PairRow {
  /** Its cells, as they stand. */
  readonly cells: readonly string[];
  /** Which cells, from 0, hold what; a score may have none. */
  readonly columns: {
    /** The source's text. */
    source: number;
    /** The target's text. */
    target: number;
    /** The score. */
    score?: number;
  };
}

/** A line of JSON. */
export interface PairRecord {
  /** The line, in which numbers have all their digits. */
  readonly text: string;
  /** What JSON.parse makes of it. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The paths, such as `translation.de`, to what. */
  readonly fields: PairFields;
}

/** The paths to a pair in a line of JSON. */
export interface PairFields {
  /** To the source's text. */
  source: string;
  /** To the target's text. */
  target: string;
  /** To the score. */
  score: string;
}
