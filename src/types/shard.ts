/** One of several equal parts, of a side or of a text. */
export interface Shard {
  /** From 1. */
  number: number;
  /** How many there are. */
  of: number;
}
