/** A step of a path: how many sentences of each side it takes. */
export interface Step {
  source: number;
  target: number;
  /** The cosine of what it takes; NaN where one side takes nothing. */
  cosine: number;
  /** 1 − cosine, by what it is of others; 0 where one side takes nothing. */
  cost: number;
}

/** Sentences that a step may take of each side: all shapes of at least one each, and at most `most` together. */
export function shapesOf(most: number): { source: number; target: number }[] {
  const shapes: { source: number; target: number }[] = [];
  for (let source = 1; source < most; source++)
    for (let target = 1; source + target <= most; target++) shapes.push({ source, target });
  return shapes;
}
