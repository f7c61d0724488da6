/** What it costs to insert, delete and replace a unit. */
export type EditCosts = readonly [insert: number, remove: number, replace: number];

/**
 * The least that it costs to make `b` of `a`, with costs of one's own (Wagner and Fischer 1974). Time: the product of both
 * lengths; `editDistance` is faster where all costs are 1.
 */
export function weightedEditDistance(a: Uint32Array, b: Uint32Array, costs: EditCosts): number {
  const [insert, remove, replace] = costs;
  const row = Float64Array.from({ length: b.length + 1 }, (_, j) => j * insert);
  for (const unit of a) {
    let diagonal = row[0];
    row[0] += remove;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j];
      const same = diagonal + (unit === b[j - 1] ? 0 : replace);
      row[j] = Math.min(same, above + remove, row[j - 1] + insert);
      diagonal = above;
    }
  }
  return row[b.length];
}

/** The most that it can cost for texts of these lengths: all of one deleted and the other inserted, or units replaced. */
export function highestEditCost(a: number, b: number, [insert, remove, replace]: EditCosts): number {
  const longer = a >= b ? (a - b) * remove : (b - a) * insert;
  return Math.min(a * remove + b * insert, Math.min(a, b) * replace + longer);
}
