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

/** A record of a text in memory, such as a row of a database. A `Sentence` is one. */
export interface TextRecord {
  /** Its text: one sentence, whatever stands in it. */
  text: string;
  /** What it is called. @default nothing */
  id?: string | number | bigint | null;
  /** Its place, from 1. @default its number among the records */
  line?: number;
  /**
   * What goes with it into its pairs: by name, or in the order of the names that `read.fields` asks for.
   * @default what the record itself has under those names
   */
  fields?: Readonly<Record<string, unknown>> | readonly string[];
}

/** One text in memory: a sentence, or a record of it. */
export type TextItem = string | TextRecord;

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
  /** What a page's head says of it. */
  head?: PageHead;
  /** The identifier of its record: a WARC-Record-ID without `<urn:uuid:…>`, or the corpus's own. */
  id?: string;
}

/** What the head of an HTML page says of it. */
export interface PageHead {
  /** Its title, where it has one. */
  title?: string;
  /** By language (`hreflang`), the addresses of the same page, as they stand there. */
  alternates: Readonly<Record<string, string>>;
}

/** Texts by number, held in memory or in a file. */
export interface Texts {
  readonly length: number;
  get(index: number): string;
}

/** A side of a pair of texts. */
export type SideName = "source" | "target";
