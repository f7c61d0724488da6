import type { NpyData } from "./npy.js";
import { NpyWriter } from "./npy-file.js";
import { decodeNumbers, encodeNumbers, NPY_TYPE_OF, type VectorType } from "./number-types.js";

/** Vectors that go to a .npy file as numbers of some type. */
export class TypedRows {
  /** The least cosine so far between a vector and what is stored of it; 1 for float32. */
  leastCosine = 1;

  private constructor(
    private readonly file: NpyWriter<NpyData>,
    private readonly type: VectorType,
    private readonly dimensions: number,
  ) {}

  /** @param window rows that an interrupted run left are kept up to a multiple of this */
  static async open(
    unfinished: string,
    type: VectorType,
    dimensions: number,
    window: number,
  ): Promise<TypedRows> {
    const keep = (rows: number) => rows - (rows % window);
    return new TypedRows(
      await NpyWriter.open(unfinished, NPY_TYPE_OF[type], dimensions, keep),
      type,
      dimensions,
    );
  }

  get rows(): number {
    return this.file.rows;
  }

  async append(values: Float32Array): Promise<void> {
    const stored = encodeNumbers(values, this.type);
    if (stored !== values) this.measure(values, decodeNumbers(stored, this.type));
    await this.file.append(stored);
  }

  async read(start: number, end: number): Promise<Float32Array> {
    return decodeNumbers(await this.file.read(start, end), this.type);
  }

  finish(name: string): Promise<void> {
    return this.file.finish(name);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private measure(values: Float32Array, stored: Float32Array): void {
    for (let start = 0; start < values.length; start += this.dimensions) {
      let [product, left, right] = [0, 0, 0];
      for (let i = start; i < start + this.dimensions; i++) {
        product += values[i] * stored[i];
        left += values[i] * values[i];
        right += stored[i] * stored[i];
      }
      if (left > 0) this.leastCosine = Math.min(this.leastCosine, product / Math.sqrt(left * right));
    }
  }
}
