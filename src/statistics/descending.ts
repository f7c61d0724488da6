/** Numbers from the highest down: an array, or what reads them from a file. */
export type Descending = Pick<Float64Array, "length" | "at"> & Iterable<number>;

/** How many of them are not below a threshold. */
export function countFrom(values: Pick<Descending, "length" | "at">, threshold: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (values.at(middle)! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
