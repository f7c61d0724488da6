import { type Bags, countBags } from "./bags.js";

/** The same bags seen from their pieces. */
export interface InvertedBags {
  /** Every row of the table that some bag holds, once, in the order of their first appearance. */
  readonly rows: Int32Array;
  /** For each of `rows` the bags that hold it; one that holds it twice stands there twice. */
  readonly holders: Bags;
}

/**
 * Turns bags of pieces into bags of holders: the gradient of a table's row is the sum of the gradients of the sentences
 * that hold it, so that going back is `sumRows` over the holders.
 *
 * Memory: 4 bytes a row of the table.
 */
export class BagInverter {
  /** Of each row of the table, its place in `rows` and one more; 0 outside of `invert`. */
  private readonly places: Int32Array;

  constructor(tableRows: number) {
    this.places = new Int32Array(tableRows);
  }

  invert(bags: Bags): InvertedBags {
    const { pieces } = bags;
    const { places } = this;
    const found = new Int32Array(pieces.length);
    const ends = new Uint32Array(pieces.length + 1);
    let count = 0;
    for (const piece of pieces) {
      if (places[piece] === 0) {
        found[count++] = piece;
        places[piece] = count;
      }
      ends[places[piece]]++;
    }
    for (let i = 0; i < count; i++) ends[i + 1] += ends[i];
    const rows = found.slice(0, count);
    const holders = { pieces: this.holdersOf(bags, ends), offsets: ends.slice(0, count + 1) };
    for (const row of rows) places[row] = 0;
    return { rows, holders };
  }

  private holdersOf(bags: Bags, starts: Uint32Array): Int32Array {
    const { pieces, offsets } = bags;
    const next = starts.slice();
    const holders = new Int32Array(pieces.length);
    for (let bag = 0; bag < countBags(bags); bag++) {
      for (let i = offsets[bag]; i < offsets[bag + 1]; i++) holders[next[this.places[pieces[i]] - 1]++] = bag;
    }
    return holders;
  }
}
