import { mix } from "./mix.js";

const FULLEST = 0.7;
/** Room for the sixteen hashes that agree in all bits that partitions are told apart by. */
const LEAST_SLOTS = 32;
const SLOT_BYTES = 8;

/** Distinct 64-bit hashes, each as two halves, up to as many as fit in a number of bytes. */
export class HashSet {
  /** Slot by slot the lower and the upper half; a slot of two zeros is free. */
  private halves = new Uint32Array(2 * LEAST_SLOTS);
  private hasZero = false;
  private used = 0;
  private readonly mostSlots: number;

  /** @param bytes the most that it takes, half as much again while it grows; it always takes a few hashes */
  constructor(bytes: number) {
    this.mostSlots = Math.max(LEAST_SLOTS, 2 ** Math.floor(Math.log2(bytes / SLOT_BYTES)));
  }

  /** Puts a hash in: "added" where it was not there, "there" where it was, and "full" where it is not and cannot be. */
  add(low: number, high: number): "added" | "there" | "full" {
    if (low === 0 && high === 0) {
      if (this.hasZero) return "there";
      this.hasZero = true;
      return "added";
    }
    let slot = this.slotOf(low, high);
    if (this.halves[slot] !== 0 || this.halves[slot + 1] !== 0) return "there";
    if (this.used + 1 > FULLEST * (this.halves.length / 2)) {
      if (this.halves.length / 2 === this.mostSlots) return "full";
      this.grow();
      slot = this.slotOf(low, high);
    }
    this.halves[slot] = low;
    this.halves[slot + 1] = high;
    this.used++;
    return "added";
  }

  has(low: number, high: number): boolean {
    if (low === 0 && high === 0) return this.hasZero;
    const slot = this.slotOf(low, high);
    return this.halves[slot] !== 0 || this.halves[slot + 1] !== 0;
  }

  /** Where a hash is, or the free slot where it would go. */
  private slotOf(low: number, high: number): number {
    const { halves } = this;
    const mask = halves.length / 2 - 1;
    // Small numbers, for one, are not spread already.
    let slot = mix(low ^ Math.imul(high, 0x9e3779b1)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const [a, b] = [halves[2 * slot], halves[2 * slot + 1]];
      if ((a === low && b === high) || (a === 0 && b === 0)) return 2 * slot;
    }
  }

  private grow(): void {
    const old = this.halves;
    this.halves = new Uint32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === 0 && old[i + 1] === 0) continue;
      const slot = this.slotOf(old[i], old[i + 1]);
      this.halves[slot] = old[i];
      this.halves[slot + 1] = old[i + 1];
    }
  }
}
