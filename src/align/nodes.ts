import type { Band } from "./band.js";
import type { Step } from "./step.js";

/** The nodes of a band, and for each the cheapest step that leads to it. Memory: 17 bytes a node. */
export class Nodes {
  /** Of each x, where its nodes stand: that of y at `offset[x] + y`. */
  readonly offset: Float64Array;
  /** What the cheapest path to each costs. */
  readonly total: Float64Array;
  /** Sentences of its last step: 16 × those of the source, and those of the target. */
  readonly step: Uint8Array;
  /** The cosine of its last step. */
  readonly cosine: Float32Array;
  /** The cost of its last step, without what its shape and lengths add. */
  readonly cost: Float32Array;

  constructor(readonly band: Band) {
    this.offset = new Float64Array(band.first.length);
    let count = 0;
    for (let x = 0; x < band.first.length; x++) {
      this.offset[x] = count - band.first[x];
      count += band.end[x] - band.first[x];
    }
    this.total = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.step = new Uint8Array(count);
    this.cosine = new Float32Array(count);
    this.cost = new Float32Array(count);
  }

  /** The steps of the cheapest path to the last node. */
  traceBack(): Step[] {
    const steps: Step[] = [];
    let x = this.band.first.length - 1;
    let y = this.band.end[x] - 1;
    while (x > 0 || y > 0) {
      const node = this.offset[x] + y;
      const [source, target] = [this.step[node] >> 4, this.step[node] & 15];
      const alone = source === 0 || target === 0;
      const cosine = alone ? Number.NaN : this.cosine[node];
      steps.push({ source, target, cosine, cost: alone ? 0 : this.cost[node] });
      x -= source;
      y -= target;
    }
    return steps.reverse();
  }
}
