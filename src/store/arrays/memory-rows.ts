/** Rows of a matrix in memory, written one after the other. Memory: 4 · capacity · dimensions bytes. */
export class MemoryRows {
  rows = 0;

  constructor(
    capacity: number,
    private readonly dimensions: number,
    readonly data: Float32Array = new Float32Array(capacity * dimensions),
  ) {}

  async append(values: Float32Array): Promise<void> {
    this.data.set(values, this.rows * this.dimensions);
    this.rows += values.length / this.dimensions;
  }

  async read(start: number, end: number): Promise<Float32Array> {
    return this.data.subarray(start * this.dimensions, end * this.dimensions);
  }
}
