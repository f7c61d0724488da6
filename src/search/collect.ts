import type { Block } from "./block-products.js";
import type { Nearest } from "./nearest.js";
import { type Factor, GROUP } from "./product-graph.js";

/** What is multiplied, and which rows of its side that is. */
export interface BlockSide extends Factor {
  nearest: Nearest;
  /** A row of the side for each of the block's; those that the block has beyond are padding. */
  ids: Uint32Array;
}

/** Offers every product of a block to both of its sides. */
export function collect(block: Block, left: BlockSide, right: BlockSide): void {
  collectRows(block, left, right.ids);
  collectColumns(block, left.ids, right);
}

function collectRows(
  { columns, products, rowMaxima }: Block,
  { nearest, ids }: BlockSide,
  others: Uint32Array,
) {
  const groups = columns / GROUP;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    let floor = nearest.floor(id);
    for (let group = 0; group < groups; group++) {
      // What equals the floor is kept where its index is lower.
      if (!(rowMaxima[row * groups + group] >= floor)) continue;
      const end = Math.min((group + 1) * GROUP, others.length);
      for (let column = group * GROUP; column < end; column++) {
        const product = products[row * columns + column];
        if (product >= floor) floor = nearest.offer(id, others[column], product);
      }
    }
  }
}

function collectColumns(
  { columns, products, columnMaxima }: Block,
  others: Uint32Array,
  { nearest, ids }: BlockSide,
) {
  const floors = new Float32Array(ids.length);
  for (let column = 0; column < ids.length; column++) floors[column] = nearest.floor(ids[column]);
  const groups = Math.ceil(others.length / GROUP);
  for (let group = 0; group < groups; group++) {
    const end = Math.min((group + 1) * GROUP, others.length);
    for (let column = 0; column < ids.length; column++) {
      if (!(columnMaxima[group * columns + column] >= floors[column])) continue;
      for (let row = group * GROUP; row < end; row++) {
        const product = products[row * columns + column];
        if (product >= floors[column]) floors[column] = nearest.offer(ids[column], others[row], product);
      }
    }
  }
}
