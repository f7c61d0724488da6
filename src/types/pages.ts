/** A page as its reader found it. */
export interface TextPage {
  /** Its blocks in reading order, such as paragraphs, each the list of its sentences. */
  blocks: readonly (readonly string[])[];
  /** Its place in its input, from 1. */
  line: number;
  /** Its address. */
  url?: string;
  /** Its title. */
  title?: string;
  /** The code of its language. */
  language?: string;
  /** What its record is called. */
  id?: string;
  /** By language, the addresses of the same page, as its links have them. */
  hreflang: Readonly<Record<string, string>>;
}

/** A page as a program gives it: its blocks, and what else is known. */
export type GivenPage = Pick<TextPage, "blocks"> & Partial<TextPage>;
