import type { TmxUnit } from "./tmx-unit.js";

/** How pairs can stand in files that are read. */
export const BITEXT_FORMATS = [
  "tsv",
  "csv",
  "jsonl",
  "json",
  "moses",
  "tmx",
  "xliff",
  "xces",
  "parquet",
] as const;

/** How pairs stand in files: `moses` is two files with a pair on each line number, the others hold both sides. */
export type BitextFormat = (typeof BITEXT_FORMATS)[number];

/** Those of them in which pairs are written. */
export const WRITTEN_FORMATS = ["tsv", "jsonl", "moses", "tmx"] as const satisfies readonly BitextFormat[];

/** How pairs are written. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

/** A pair of a bitext, as its reader found it, with whatever else its row carries. */
export interface Pair {
  /** The source's text. */
  source: string;
  /** The target's text. */
  target: string;
  /** The place in its input, from 1: a line, or a translation unit of TMX or XLIFF, a link of XCES. */
  line: number;
  /** The score that the input gives it, where it has one; or a job. */
  score?: number;
  /** The score that the input gives it: while `score` is the same, it is written with all its digits. */
  inputScore?: number;
  /** TSV and CSV: the whole row. It is written as it came, but for what the pair says. */
  row?: PairRow;
  /** JSON: the whole line, or element. It is written as it came, but for what the pair says. */
  record?: PairRecord;
  /** TMX and XLIFF: what the unit tells beside its text. */
  tmx?: TmxUnit;
  /** What a job adds: further columns of TSV, further fields of JSON lines, `x-` properties of TMX. */
  added?: Readonly<Record<string, string | number>>;
}

/** A text, or what has one, such as a side of a mined pair. */
export type TextLike =
  | string
  | {
      /** The text. */
      readonly text: string;
    };

/** A pair as a program has it. A `Pair` is one, a `ScoredPair` too. */
export interface PairLike {
  /** The source's text. */
  source: TextLike;
  /** The target's text. */
  target: TextLike;
  /** Its score; NaN is none. @default none */
  score?: number;
  /** Its place, from 1. @default its number among the pairs */
  line?: number;
  /** What is written beside it: further columns of TSV, fields of JSON lines, `x-` properties of TMX. */
  fields?: Readonly<Record<string, string | number>>;
}

/** Pairs as a program has them, one by one or in batches as `readPairs` gives them. */
export type PairSource<P extends PairLike = PairLike> =
  | Iterable<P | readonly P[]>
  | AsyncIterable<P | readonly P[]>;

/** A pair as rules see it: with the texts alone of its sides, and what else it has. */
export type SeenPair<P extends PairLike = PairLike> = Pair & Omit<P, keyof Pair>;

/** A row of TSV or CSV. */
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
  /** What its header calls the columns, where it has one. */
  readonly names?: readonly string[];
}

/** A line of JSON, or an element of an array. */
export interface PairRecord {
  /** What stands there, on one line; numbers have all their digits. */
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
