import { mix } from "./mix.js";

/** A fuller table grows, so that a hash is found within a few slots. */
const FULLEST = 0.7;
/** Room for the sixteen hashes that agree in all bits by which a `Spill` tells its files apart. */
const LEAST_SLOTS = 32;
/** Stands for the all-zero hash, which marks a free slot; another hash is as unlikely to be this one as any. */
const [ZERO_LOW, ZERO_HIGH] = [0x7f4a7c15, 0x9e3779b9 | 0];

export interface HashTableOptions {
  /** Whether each hash has a number beside it. @default false */
  values?: boolean;
  /** The most that it takes, half as much again while it grows; it always takes a few hashes. @default no limit */
  bytes?: number;
}

/**
 * Distinct 64-bit hashes, each as two halves, perhaps with a number below 2³², in one array with open addressing. Memory:
 * 8 bytes a slot, 12 with values; 1.4 to 2.9 slots a hash.
 */
export class HashTable {
  size = 0;
  /** Slot by slot the lower half, the upper half and the value. */
  private slots: Int32Array;
  private mask = LEAST_SLOTS - 1;
  private readonly width: number;
  private readonly mostSlots: number;

  constructor({ values = false, bytes = Number.POSITIVE_INFINITY }: HashTableOptions = {}) {
    this.width = values ? 3 : 2;
    const slots = bytes / (this.width * Int32Array.BYTES_PER_ELEMENT);
    this.mostSlots = Math.max(LEAST_SLOTS, 2 ** Math.floor(Math.log2(slots)));
    this.slots = new Int32Array(LEAST_SLOTS * this.width);
  }

  /** Puts a hash in with its value: "added" where it was not there, "there" where it was, "full" where it cannot be. */
  add(low: number, high: number, value = 0): "added" | "there" | "full" {
    let at = this.slotOf(low, high);
    if (this.isTaken(at)) return "there";
    if (this.size + 1 > FULLEST * (this.mask + 1)) {
      if (this.mask + 1 === this.mostSlots) return "full";
      this.grow();
      at = this.slotOf(low, high);
    }
    this.put(at, low, high, value);
    this.size++;
    return "added";
  }

  has(low: number, high: number): boolean {
    return this.isTaken(this.slotOf(low, high));
  }

  /** The value of a hash, or undefined where it is not in the table. */
  get(low: number, high: number): number | undefined {
    const at = this.slotOf(low, high);
    return this.isTaken(at) ? this.slots[at + 2] >>> 0 : undefined;
  }

  private isTaken(at: number): boolean {
    return this.slots[at] !== 0 || this.slots[at + 1] !== 0;
  }

  /** Where a hash is, or the free slot where it would go. */
  private slotOf(low: number, high: number): number {
    const { slots, mask, width } = this;
    const isZero = (low | high) === 0;
    const [a, b] = isZero ? [ZERO_LOW, ZERO_HIGH] : [low | 0, high | 0];
    // Hashes that are small numbers, or differ in a few bits, are spread as well as others.
    for (let slot = mix(a ^ Math.imul(b, 0x9e3779b1)) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * width;
      if ((slots[at] === a && slots[at + 1] === b) || (slots[at] === 0 && slots[at + 1] === 0)) return at;
    }
  }

  private put(at: number, low: number, high: number, value: number): void {
    const isZero = (low | high) === 0;
    this.slots[at] = isZero ? ZERO_LOW : low;
    this.slots[at + 1] = isZero ? ZERO_HIGH : high;
    if (this.width === 3) this.slots[at + 2] = value;
  }

  private grow(): void {
    const { slots, width } = this;
    this.slots = new Int32Array(2 * slots.length);
    this.mask = 2 * this.mask + 1;
    for (let at = 0; at < slots.length; at += width) {
      const [low, high] = [slots[at], slots[at + 1]];
      if (low !== 0 || high !== 0) this.put(this.slotOf(low, high), low, high, slots[at + 2]);
    }
  }
}
