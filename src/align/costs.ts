/** What a step costs beside how unlike its sides are. */
export interface CostModel {
  /** For each sentence more than one on either side: a document is cut where it can be. */
  readonly joining: number;
  /** By the squared logarithm of the ratio of both sides' lengths. */
  readonly length: number;
  /** Added to both lengths before they are compared, in sentences: short ones vary more. */
  readonly floor: number;
  /** The cost of a sentence that stands alone, as a share of what a random pair costs. */
  readonly skipping: number;
}

/** Measured on `align/textberg` dev; see README.md. */
export const COST_MODEL: CostModel = { joining: 0.28, length: 1, floor: 0.15, skipping: 0.65 };

/** What the costs of a document's blocks are made from: sentences × longest, of each the blocks that end with it. */
export interface BlockFacts {
  /** Lengths in sentences of mean length. */
  readonly lengths: Float64Array;
  /** The logarithm of each length and the floor. */
  readonly logarithms: Float64Array;
}

/** @param unit letters of a sentence of mean length */
export function measureBlocks(
  lengths: Float64Array,
  { longest, floor, unit }: { longest: number; floor: number; unit: number },
): BlockFacts {
  const measured = new Float64Array(lengths.length * longest);
  for (let s = 0; s < lengths.length; s++) {
    let total = 0;
    for (let size = 1; size <= longest && size <= s + 1; size++) {
      total += lengths[s + 1 - size];
      measured[s * longest + size - 1] = total / unit;
    }
  }
  return { lengths: measured, logarithms: measured.map((length) => Math.log(length + floor)) };
}
