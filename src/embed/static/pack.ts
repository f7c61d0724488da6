import { fromFloat16, toFloat16 } from "../../store/arrays/float16.js";
import { BLOCK } from "./packed-table.js";

/** Shares of the scale at which a block's largest number just fits; a smaller one clips it and rounds the rest finer. */
const SHRINKAGES = [1, 0.95, 0.9, 0.85, 0.8, 0.75];

/**
 * Packs a table to 4 bits a number, each block of 32 at the scale that gives the least squared error.
 *
 * @param values rows × dimensions, of which 32 is a divisor
 * @returns two numbers a byte, the first in the low half, and a float16 scale a block
 */
export function packTable(values: Float32Array): { bytes: Uint8Array; scales: Uint16Array } {
  const bytes = new Uint8Array(values.length / 2);
  const scales = new Uint16Array(values.length / BLOCK);
  for (let block = 0; block < scales.length; block++) {
    const numbers = values.subarray(block * BLOCK, (block + 1) * BLOCK);
    scales[block] = bestScale(numbers);
    const scale = fromFloat16(scales[block]);
    for (let i = 0; i < BLOCK; i += 2) {
      const [low, high] = [roundTo(numbers[i], scale) + 8, roundTo(numbers[i + 1], scale) + 8];
      bytes[(block * BLOCK + i) / 2] = low | (high << 4);
    }
  }
  return { bytes, scales };
}

/** As float16. Its sign is such that the largest number takes the −8 that the smaller side does not have. */
function bestScale(numbers: Float32Array): number {
  const largest = numbers.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const shrinkage of SHRINKAGES) {
    const half = toFloat16((largest / -8) * shrinkage);
    const scale = fromFloat16(half);
    let error = 0;
    for (const value of numbers) error += (value - roundTo(value, scale) * scale) ** 2;
    if (error < least) [best, least] = [half, error];
  }
  return best;
}

/** The whole number from −8 to 7 whose multiple of the scale is nearest. */
function roundTo(value: number, scale: number): number {
  return scale === 0 ? 0 : Math.min(7, Math.max(-8, Math.round(value / scale)));
}
