import { OptionError } from "../errors.js";
import { PURPOSE } from "./purposes.js";
import { randomNumbers, shuffle } from "./random.js";

export interface DrawOptions {
  /** Pairs a batch. */
  batch: number;
  /** A group of n pairs is drawn with probability ∝ n^exponent. @default 0.6 */
  exponent?: number;
  /** @default 0 */
  seed?: number;
}

/** Pairs of one group. */
export interface Batch {
  readonly group: number;
  readonly pairs: Uint32Array;
}

/**
 * Draws batches, each of one group, so that a pair's wrong answers are in its own language.
 *
 * A group's pairs come in a random order, new in each epoch; what is left at an epoch's end, too few for a batch, has
 * its chance in the next. A group smaller than a batch gives all of its pairs. The n-th batch depends only on seed and
 * n. Memory: 4 bytes for each pair.
 */
export class Drawer {
  private readonly chances: number[];
  private readonly nextGroup: () => number;
  /** How many batches each group has given. */
  private readonly given: number[];
  private readonly orders: { epoch: number; pairs: Uint32Array }[];
  private readonly batch: number;
  private readonly seed: number;

  /** @param pools of each group the numbers of its pairs */
  constructor(
    private readonly pools: readonly Uint32Array[],
    { batch, exponent = 0.6, seed = 0 }: DrawOptions,
  ) {
    this.batch = batch;
    this.seed = seed;
    const weights = pools.map((pool) => (pool.length === 0 ? 0 : pool.length ** exponent));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) throw new OptionError("There is no pair to train on.");
    this.chances = weights.map((weight) => weight / total);
    this.nextGroup = randomNumbers(seed, PURPOSE.group, 0);
    this.given = pools.map(() => 0);
    this.orders = pools.map((pool) => ({ epoch: -1, pairs: new Uint32Array(pool.length) }));
  }

  next(): Batch {
    const group = this.drawGroup();
    const size = Math.min(this.batch, this.pools[group].length);
    const anEpoch = Math.floor(this.pools[group].length / size);
    const number = this.given[group]++;
    const start = (number % anEpoch) * size;
    return { group, pairs: this.orderOf(group, Math.floor(number / anEpoch)).slice(start, start + size) };
  }

  /** Goes on as if `batches` had been drawn. */
  skip(batches: number): void {
    for (let i = 0; i < batches; i++) this.given[this.drawGroup()]++;
  }

  private drawGroup(): number {
    let rest = this.nextGroup();
    let last = 0;
    for (const [group, chance] of this.chances.entries()) {
      if (chance === 0) continue;
      last = group;
      rest -= chance;
      if (rest < 0) break;
    }
    return last;
  }

  private orderOf(group: number, epoch: number): Uint32Array {
    const order = this.orders[group];
    if (order.epoch !== epoch) {
      order.pairs.set(this.pools[group]);
      shuffle(order.pairs, randomNumbers(this.seed ^ Math.imul(epoch, 0x9e3779b9), PURPOSE.order, group));
      order.epoch = epoch;
    }
    return order.pairs;
  }
}
