type NumberArray = Uint32Array | Float32Array | Float64Array | BigUint64Array;

/** A typed array that can be pushed to; it doubles when it is full. */
export class GrowingArray<T extends NumberArray> {
  private held: T;
  length = 0;

  constructor(private readonly kind: new (length: number) => T) {
    this.held = new kind(1024);
  }

  at(index: number): T[number] {
    return this.held[index];
  }

  set(index: number, value: T[number]): void {
    this.held[index] = value;
  }

  push(value: T[number]): void {
    if (this.length === this.held.length) {
      const grown = new this.kind(this.length * 2);
      grown.set(this.held as never);
      this.held = grown;
    }
    this.held[this.length++] = value;
  }

  /** What was pushed, as long as nothing more is. */
  view(): T {
    return this.held.subarray(0, this.length) as T;
  }

  /** What was pushed, as an array of its own. */
  values(): T {
    return this.held.slice(0, this.length) as T;
  }
}
