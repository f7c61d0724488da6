/** Whole numbers from 0 up. Memory: a bit for each that may be in it. */
export class NumberSet {
  /** How many they are. */
  size = 0;
  private readonly bits: Uint8Array;

  /** @param below what all are below */
  constructor(below: number) {
    this.bits = new Uint8Array(Math.ceil(below / 8));
  }

  has(number: number): boolean {
    return (this.bits[Math.floor(number / 8)] & (1 << (number % 8))) !== 0;
  }

  add(number: number): void {
    if (this.has(number)) return;
    this.bits[Math.floor(number / 8)] |= 1 << (number % 8);
    this.size++;
  }
}
