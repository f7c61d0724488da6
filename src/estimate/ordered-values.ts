/** Values in ascending order, of which each has its place in an array of weights. */
export interface OrderedValues {
  values: Float64Array;
  /** Where the weight of each value stands. */
  places: Uint32Array;
}

/** Puts values in ascending order once, so that their quantiles can be taken by many weights; leaves NaN out. */
export function orderValues(values: Float64Array): OrderedValues {
  const places = Uint32Array.from(values.keys())
    .filter((place) => !Number.isNaN(values[place]))
    .sort((a, b) => values[a] - values[b] || a - b);
  return { values: Float64Array.from(places, (place) => values[place]), places };
}

/**
 * The weighted quantiles of ordered values: each value stands in the middle of its weight, and what lies between two
 * is interpolated.
 *
 * @param shares ascending, each between 0 and 1
 */
export function weightedQuantiles(
  { values, places }: OrderedValues,
  weights: Float64Array,
  shares: readonly number[],
): number[] {
  let total = 0;
  for (let i = 0; i < places.length; i++) total += weights[places[i]];
  const quantiles: number[] = [];
  let [before, value, sum] = [0, values[0], 0];
  for (let i = 0; i < values.length && quantiles.length < shares.length; i++) {
    const weight = weights[places[i]];
    if (weight === 0) continue;
    const middle = (sum + weight / 2) / total;
    while (quantiles.length < shares.length && shares[quantiles.length] <= middle) {
      const share = shares[quantiles.length];
      const way = sum === 0 ? 1 : (share - before) / (middle - before);
      quantiles.push(sum === 0 ? values[i] : value + way * (values[i] - value));
    }
    [before, value, sum] = [middle, values[i], sum + weight];
  }
  while (quantiles.length < shares.length) quantiles.push(value);
  return quantiles;
}
