/** Pieces of text by their UTF-16 units. A node stands for what its pieces begin with; 0 is the root. */
export interface Trie {
  /** The node after this one, or −1. */
  next(node: number, unit: number): number;
  /** The number of the piece that ends at a node, or −1. */
  piece(node: number): number;
}

/** The node of the empty text. */
export const ROOT = 0;
