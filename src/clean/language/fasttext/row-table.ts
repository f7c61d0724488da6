const EMPTY = -1;

/** Numbers of a slot: a key's two halves, and its row. */
const WIDTH = 3;

/** Rows by keys of 64 bits, in one array that stays in a processor's cache. */
export class RowTable {
  private readonly slots: Int32Array;
  private readonly last: number;

  /** @param rows how many there will be at most */
  constructor(rows: number) {
    const slots = 2 ** Math.ceil(Math.log2(1.5 * rows + 1));
    this.slots = new Int32Array(slots * WIDTH).fill(EMPTY);
    this.last = slots - 1;
  }

  set(low: number, high: number, row: number): void {
    this.slots.set([low, high, row], this.find(low, high));
  }

  /** The row of a key, or -1 where there is none. */
  get(low: number, high: number): number {
    return this.slots[this.find(low, high) + WIDTH - 1];
  }

  /** Where a key stands, or would. */
  private find(low: number, high: number): number {
    const { slots, last } = this;
    for (let slot = low & last; ; slot = (slot + 1) & last) {
      const at = slot * WIDTH;
      if (slots[at + 2] === EMPTY || (slots[at] === low && slots[at + 1] === high)) return at;
    }
  }
}
