import type { Step } from "./step.js";

/**
 * Which nodes of the grid are looked at. A node (x, y) stands between sentences: before it lie x of the source and y of the
 * target.
 */
export interface Band {
  /** Of each x from 0, the first y. Never falls. */
  readonly first: Uint32Array;
  /** Of each x, the y after the last. Never falls. */
  readonly end: Uint32Array;
}

/** All nodes. */
export function wholeBand(source: number, target: number): Band {
  return { first: new Uint32Array(source + 1), end: new Uint32Array(source + 1).fill(target + 1) };
}

/**
 * The nodes near a path that was found at half the size: at most `width` further in each direction. Along a run of
 * sentences that stand alone, the path is taken to be straight: in which order they came says nothing.
 */
export function bandAround(
  coarse: readonly Step[],
  { source, target, width }: { source: number; target: number; width: number },
): Band {
  const low = new Float64Array(source + 1).fill(target);
  const high = new Float64Array(source + 1);
  let [x, y] = [0, 0];
  for (const { x: toX, y: toY } of cornersOf(coarse, source, target)) {
    drawLine({ x, y, toX, toY }, low, high);
    [x, y] = [toX, toY];
  }
  const first = new Uint32Array(source + 1);
  const end = new Uint32Array(source + 1);
  for (let i = 0; i <= source; i++) {
    first[i] = Math.max(0, low[Math.max(0, i - width)] - width);
    end[i] = Math.min(target, high[Math.min(source, i + width)] + width) + 1;
  }
  return { first, end };
}

/** The nodes at full size where pairs of the path begin and end; the last is the end of both documents. */
function cornersOf(coarse: readonly Step[], source: number, target: number): { x: number; y: number }[] {
  const corners: { x: number; y: number }[] = [];
  let [x, y] = [0, 0];
  for (const { source: a, target: b } of coarse) {
    if (a > 0 && b > 0) corners.push({ x: 2 * x, y: 2 * y }, { x: 2 * (x + a), y: 2 * (y + b) });
    x += a;
    y += b;
  }
  return [...corners, { x: source, y: target }];
}

/** Widens the lowest and highest y of each x by those of a straight line. */
function drawLine(
  { x, y, toX, toY }: { x: number; y: number; toX: number; toY: number },
  low: Float64Array,
  high: Float64Array,
): void {
  const slope = toX === x ? 0 : (toY - y) / (toX - x);
  for (let i = x; i <= toX; i++) {
    const from = i === x ? y : Math.floor(y + (i - 0.5 - x) * slope);
    const to = i === toX ? toY : Math.ceil(y + (i + 0.5 - x) * slope);
    low[i] = Math.min(low[i], from);
    high[i] = Math.max(high[i], to);
  }
}
