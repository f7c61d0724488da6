const WHOLE = new Intl.NumberFormat("en");

/** A count as people read it: 12,345. */
export const whole = (count: number): string => WHOLE.format(count);

/** A share in percent, with one decimal unless it is whole. */
export const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;

/** A share with its interval. */
export const withInterval = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** "1 pair", "12 pairs". */
export const counted = (count: number, one: string): string =>
  `${whole(count)} ${one}${count === 1 ? "" : "s"}`;
