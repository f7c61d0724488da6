/** Slots of the table: three for each n-gram of lid.176, so that it stays in a processor's cache. */
const SLOTS = 2 ** 17;

const EMPTY = -1;

/** The rows of the n-grams that a model has kept, by the number that an n-gram is hashed to. */
export class NgramRows {
  private readonly numbers = new Int32Array(SLOTS).fill(EMPTY);
  private readonly rows = new Int32Array(SLOTS);

  set(number: number, row: number): void {
    const slot = this.slotOf(number);
    this.numbers[slot] = number;
    this.rows[slot] = row;
  }

  /** The row of a number, or -1 where there is none. */
  get(number: number): number {
    const slot = this.slotOf(number);
    return this.numbers[slot] === EMPTY ? EMPTY : this.rows[slot];
  }

  private slotOf(number: number): number {
    let slot = number & (SLOTS - 1);
    while (this.numbers[slot] !== EMPTY && this.numbers[slot] !== number) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }
}
