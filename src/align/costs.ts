/** What a step costs, in sentences of mean length that are no better than a random pair. */
export interface CostModel {
  /** Added to the length of both sides, which how unlike they are counts by: short ones count, too. */
  readonly least: number;
  /** For each sentence more than one on either side: a document is cut where it can be. */
  readonly joining: number;
  /** By the squared logarithm of the ratio of both sides' lengths. */
  readonly ratio: number;
  /** Added to both lengths before they are compared: short ones vary more. */
  readonly floor: number;
  /** For a sentence that stands alone, whatever its length. */
  readonly alone: number;
  /** By the length of a sentence that stands alone. */
  readonly aloneLength: number;
}

/** Measured on `align/textberg` dev; see README.md. */
export const COST_MODEL: CostModel = {
  least: 0.25,
  joining: 0.335,
  ratio: 3.45,
  floor: 0.5,
  alone: 0.32,
  aloneLength: 1.1,
};

/**
 * Pages have much that their translations lack: a sentence stands alone at less than half the cost, and more is asked for to
 * join two. Chosen on pages made of NLLB-Seed (Limburgish, Silesian) and of `parallel/` (German); see `src/pages/README.md`.
 */
export const PAGE_MODEL: CostModel = { ...COST_MODEL, joining: 0.42, alone: 0.17, aloneLength: 0.4 };

/** Pairs of one sentence, which cost what they are unlike: for sums of sentences, whose lengths are alike. */
export const COARSE_MODEL: CostModel = {
  least: 0,
  joining: 0,
  ratio: 0,
  floor: 1,
  alone: 0,
  aloneLength: 1,
};

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
