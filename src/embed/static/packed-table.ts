import type { Table } from "../table.js";

/** Numbers of a row that share a scale. */
export const BLOCK = 32;

/**
 * A table at 4 bits a number: whole numbers from −8 to 7 times the scale of their block, two in a byte, the first in the
 * low half. Memory: rows · dimensions · 5/8 bytes.
 */
export class PackedTable implements Table {
  /**
   * @param bytes rows × dimensions / 2
   * @param scales rows × dimensions / 32
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly scales: Float32Array,
    readonly dimensions: number,
  ) {}

  addRow(row: number, weight: number, sum: Float32Array, start: number): void {
    const { bytes, scales, dimensions } = this;
    const half = BLOCK / 2;
    let at = (row * dimensions) / 2;
    let to = start;
    for (let block = (row * dimensions) / BLOCK; to < start + dimensions; block++) {
      const scale = weight * scales[block];
      for (const end = at + half; at < end; at++, to += 2) {
        sum[to] += scale * ((bytes[at] & 15) - 8);
        sum[to + 1] += scale * ((bytes[at] >> 4) - 8);
      }
    }
  }
}
