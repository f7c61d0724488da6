/** A step of a path: how many sentences of each side it takes. */
export interface Step {
  source: number;
  target: number;
  /** The cosine of what it takes; NaN where one side takes nothing. */
  cosine: number;
  /** 1 − cosine, by what it is of others; 0 where one side takes nothing. */
  cost: number;
}
