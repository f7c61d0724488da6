const LEAST_DIGITS = 4;
/** As many as `toFixed` takes. */
const MOST_DIGITS = 100;

/**
 * The shortest decimal above `lower` and not above `upper`, of four digits after the point or more: as a threshold it
 * keeps what `upper` keeps, and it can be typed.
 */
export function decimalBetween(lower: number, upper: number): number {
  for (let digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
    const nearest = Number(upper.toFixed(digits));
    const decimal = nearest <= upper ? nearest : Number((nearest - 10 ** -digits).toFixed(digits));
    if (decimal > lower) return decimal;
  }
  return upper;
}
