import { GrowingArray } from "../arrays/growing-array.js";

/** Yes or no for each of any number of things, 1 bit each. */
export class Bits {
  length = 0;
  private readonly words = new GrowingArray(Uint32Array);

  push(bit: boolean): void {
    const place = this.length++ % 32;
    if (place === 0) this.words.push(0);
    if (bit)
      this.words.set(this.words.length - 1, (this.words.at(this.words.length - 1) | (1 << place)) >>> 0);
  }

  at(index: number): boolean {
    return ((this.words.at(index >>> 5) >>> (index % 32)) & 1) === 1;
  }
}
