/** The least round number of at least `least`: 1, 2 or 5 times a power of ten, and its decimals. */
export function niceStep(least: number): { step: number; decimals: number } {
  const power = Math.floor(Math.log10(least));
  const [factor] = [1, 2, 5, 10].filter((one) => one * 10 ** power >= least * (1 - 1e-9));
  const decimals = Math.max(0, -(factor === 10 ? power + 1 : power));
  return { step: round(factor * 10 ** power, decimals), decimals };
}

/** A number with so many decimals, as it is written with them. */
export const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));
