import { dot } from "../statistics/dot.js";
import type { BlockVectors } from "./block-vectors.js";
import type { BlockFacts } from "./costs.js";

/** Vectors of some sentences' blocks. */
export interface BlockRows {
  /** The first sentence. */
  start: number;
  /** sentences × longest × dimensions */
  data: Float32Array;
}

/** A document as the costs of a path see it. */
export class PathSide {
  /** 1 − cosine of each block with random sentences of the other document: sentences × longest, as far as they were read. */
  readonly unlikeness: Float64Array;
  private known = 0;

  constructor(
    readonly vectors: Pick<BlockVectors, "sentences" | "dimensions" | "longest" | "read">,
    readonly facts: BlockFacts,
    /** The mean of the other document's vectors. */
    private readonly others: Float32Array,
  ) {
    this.unlikeness = new Float64Array(vectors.sentences * vectors.longest);
  }

  /** The blocks that end with sentences from `start` up to `end`. */
  async read(start: number, end: number): Promise<BlockRows> {
    const { dimensions, longest } = this.vectors;
    const data = await this.vectors.read(start, end);
    const others = { data: this.others };
    for (let block = Math.max(this.known, start) * longest; block < end * longest; block++)
      this.unlikeness[block] = 1 - dot({ data, dimensions }, block - start * longest, others, 0);
    this.known = Math.max(this.known, end);
    return { start, data };
  }
}
