export type BlockKind = "heading" | "item" | "cell" | "paragraph";

/** A run of text that no block element divides. */
export interface HtmlBlock {
  text: string;
  kind: BlockKind;
  /** Where it stands: `IN_LINK` … of `elements.ts`. */
  place: number;
  /** The share of its characters that are in links. */
  linkShare: number;
  /** How many links it has. */
  links: number;
}
