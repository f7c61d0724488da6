/** A place in a document: characters before it, and its line from 1. */
export interface Offset {
  offset: number;
  line: number;
}

export type Attributes = Readonly<Record<string, string>>;

/** What is done with the elements of a document. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  addText(text: string): void;
  /** The line where the outermost unit that is open begins. */
  readonly openLine: number | undefined;
}

/** What a kind of document is. */
export interface XmlKind {
  /** Its name, for messages. */
  name: string;
  /** Its first element, if there is only one that it can have. */
  root?: string;
  /** What stands before the units, for a parser that begins amid them. */
  before: string;
  /** Whether units stand in groups: behind a broken unit nobody knows how many are open. */
  hasGroups?: boolean;
}
