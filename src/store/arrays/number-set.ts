/** Sentences of a side. Memory: a bit a sentence of the side. */
export class SentenceSet {
  /** How many they are. */
  size = 0;
  private readonly bits: Uint8Array;

  /** @param rows sentences of the side */
  constructor(rows: number) {
    this.bits = new Uint8Array(Math.ceil(rows / 8));
  }

  has(sentence: number): boolean {
    return (this.bits[Math.floor(sentence / 8)] & (1 << (sentence % 8))) !== 0;
  }

  add(sentence: number): void {
    if (this.has(sentence)) return;
    this.bits[Math.floor(sentence / 8)] |= 1 << (sentence % 8);
    this.size++;
  }
}
