type NumberArray = Uint32Array | Float64Array | BigUint64Array;

/** A typed array that can be pushed to; it doubles when it is full. */
export class GrowingArray<T extends NumberArray> {
  private values: T;
  length = 0;

  constructor(private readonly kind: new (length: number) => T) {
    this.values = new kind(1024);
  }

  at(index: number): T[number] {
    return this.values[index];
  }

  set(index: number, value: T[number]): void {
    this.values[index] = value;
  }

  push(value: T[number]): void {
    if (this.length === this.values.length) {
      const grown = new this.kind(this.length * 2);
      grown.set(this.values as never);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }
}
