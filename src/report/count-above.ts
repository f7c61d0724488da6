/** The place of the highest of ascending numbers that is at most `value`; -1 where all are higher. */
export function placeOf(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Turns counts by place into the sums of each place and all after it, in place. */
export function sumFromEnd(counts: number[]): number[] {
  for (let i = counts.length - 2; i >= 0; i--) counts[i] += counts[i + 1];
  return counts;
}
