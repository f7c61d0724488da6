import { ROOT, type Trie } from "./trie.js";

/** Integers per slot: the parent's slot, the UTF-16 unit, the piece that ends here or −1, and one unused for alignment. */
const STRIDE = 4;
const FULLEST = 0.7;

/**
 * A trie that is made of pieces in any order: a hash table from a node and a unit to the next node.
 *
 * A node is its slot in the table; the root is slot 0. For 250,000 pieces, 16 or 32 MB.
 */
export class HashTrie implements Trie {
  #slots = new Int32Array(0);
  #shift = 0;

  /** @param pieces a piece's place is its number; the last of equal ones counts */
  constructor(pieces: readonly string[]) {
    let bits = Math.max(4, Math.ceil(Math.log2(pieces.length * 3 + 1)));
    while (!this.#build(pieces, bits)) bits++;
  }

  next(node: number, unit: number): number {
    const slots = this.#slots;
    let slot = hash(node, unit) >>> this.#shift;
    for (;;) {
      const at = slot * STRIDE;
      if (slots[at] === node && slots[at + 1] === unit) return slot;
      if (slots[at + 1] < 0) return -1;
      slot = slot + 1 === slots.length / STRIDE ? 1 : slot + 1;
    }
  }

  piece(node: number): number {
    return this.#slots[node * STRIDE + 2];
  }

  #build(pieces: readonly string[], bits: number): boolean {
    const capacity = 2 ** bits;
    const slots = new Int32Array(capacity * STRIDE).fill(-1);
    this.#slots = slots;
    this.#shift = 32 - bits;
    // The root's slot counts as taken, by a unit that no text has.
    slots[1] = 0x10000;
    let free = Math.floor(capacity * FULLEST);
    for (let number = 0; number < pieces.length; number++) {
      const piece = pieces[number];
      let node: number = ROOT;
      for (let i = 0; i < piece.length; i++) {
        const unit = piece.charCodeAt(i);
        let slot = hash(node, unit) >>> this.#shift;
        while (slots[slot * STRIDE + 1] >= 0) {
          if (slots[slot * STRIDE] === node && slots[slot * STRIDE + 1] === unit) break;
          slot = slot + 1 === capacity ? 1 : slot + 1;
        }
        if (slots[slot * STRIDE + 1] < 0) {
          if (free-- === 0) return false;
          slots[slot * STRIDE] = node;
          slots[slot * STRIDE + 1] = unit;
        }
        node = slot;
      }
      if (node !== ROOT) slots[node * STRIDE + 2] = number;
    }
    return true;
  }
}

function hash(node: number, unit: number): number {
  const mixed = Math.imul(node ^ Math.imul(unit, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0;
}
