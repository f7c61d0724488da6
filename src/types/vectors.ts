/** A row-major matrix of `rows` × `dimensions` float32 numbers. */
export interface Vectors {
  readonly rows: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** Vectors that are read a block at a time, from memory or from a file. */
export interface VectorRows {
  readonly rows: number;
  readonly dimensions: number;
  /**
   * The rows from `start` up to `end`, which the caller must not change.
   *
   * @param room where they may be put if they are not in memory one after the other; else what is returned is new then
   */
  read(start: number, end: number, room?: Float32Array): Float32Array;
}

/** A part of a vector that one encoder of several gives. */
export interface VectorBlock {
  /** How many numbers it is. */
  dimensions: number;
  /** Its share of a cosine; the shares of all blocks make 1. */
  weight: number;
}
