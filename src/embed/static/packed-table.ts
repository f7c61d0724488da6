import { float16Table } from "../../store/arrays/float16.js";
import { addByFours, type Table, type Weigh } from "../table.js";

/** Numbers of a row that share a scale. */
export const BLOCK = 32;

/**
 * A table at 4 bits a number: whole numbers from −8 to 7 times the scale of their block, two in a byte, the first in the
 * low half. Memory: rows · dimensions · 9/16 bytes, as they lie in the file.
 */
export class PackedTable implements Table {
  /**
   * @param bytes rows × dimensions / 2
   * @param scales rows × dimensions / 32, as float16
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly scales: Uint16Array,
    readonly dimensions: number,
  ) {}

  addRows(rows: ArrayLike<number>, weightOf: Weigh, sum: Float32Array): void {
    const { bytes, scales, dimensions } = this;
    const numberOf = float16Table();
    const [half, blocks] = [BLOCK / 2, dimensions / BLOCK];
    addByFours(rows, weightOf, ([a, b, c, d], weights) => {
      for (let block = 0; block < blocks; block++) {
        const w = weights[0] * numberOf[scales[a * blocks + block]];
        const x = weights[1] * numberOf[scales[b * blocks + block]];
        const y = weights[2] * numberOf[scales[c * blocks + block]];
        const z = weights[3] * numberOf[scales[d * blocks + block]];
        const low = 8 * (w + x + y + z);
        let to = block * BLOCK;
        for (let i = block * half; i < (block + 1) * half; i++, to += 2) {
          const p = bytes[a * blocks * half + i];
          const q = bytes[b * blocks * half + i];
          const r = bytes[c * blocks * half + i];
          const s = bytes[d * blocks * half + i];
          sum[to] += w * (p & 15) + x * (q & 15) + y * (r & 15) + z * (s & 15) - low;
          sum[to + 1] += w * (p >> 4) + x * (q >> 4) + y * (r >> 4) + z * (s >> 4) - low;
        }
      }
    });
  }
}
