import type { Step } from "./step.js";

/** Coarse pairs that cost more are no translations. */
const LIKE = 0.7;

/** Pairs that have less than this share of all letters do not tell how long translations are. */
const LEAST_SHARE = 0.1;

/** Letters of a sentence of mean length, by which the lengths of each side are divided. */
export interface LengthUnits {
  source: number;
  target: number;
}

/**
 * Makes lengths of both sides comparable: a text may take more letters than its translation. That is told by what was
 * paired at half the size, since one text may have chapters that the other lacks.
 *
 * @param coarse the path at half the size, if there is one
 */
export function lengthUnits(
  source: Float64Array,
  target: Float64Array,
  coarse: readonly Step[] = [],
): LengthUnits {
  const [letters, others] = [sumOf(source), sumOf(target)];
  let [x, y, pairedX, pairedY] = [0, 0, 0, 0];
  for (const { source: a, target: b, cost } of coarse) {
    if (a > 0 && b > 0 && cost < LIKE) {
      pairedX += source[2 * x] + source[2 * x + 1];
      pairedY += target[2 * y] + target[2 * y + 1];
    }
    x += a;
    y += b;
  }
  const known = pairedX + pairedY > LEAST_SHARE * (letters + others) && pairedX > 0 && pairedY > 0;
  const ratio = known ? pairedY / pairedX : letters > 0 && others > 0 ? others / letters : 1;
  const scale = Math.sqrt(ratio);
  const mean = Math.max(1, letters * scale + others / scale) / Math.max(1, source.length + target.length);
  return { source: mean / scale, target: mean * scale };
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
