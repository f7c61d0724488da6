/** A share with a 95 % interval. */
export interface Share {
  value: number;
  low: number;
  high: number;
}

const Z = 1.959963984540054;

/** The share of right ones with its interval (Wilson 1927); nothing where none was judged. */
export function wilson(right: number, judged: number): Share | undefined {
  if (judged === 0) return undefined;
  const value = right / judged;
  const centre = (right + (Z * Z) / 2) / (judged + Z * Z);
  const half = (Z / (judged + Z * Z)) * Math.sqrt((right * (judged - right)) / judged + (Z * Z) / 4);
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
