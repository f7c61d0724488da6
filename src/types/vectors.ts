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
  /** The rows from `start` up to `end`, which the caller must not change. */
  read(start: number, end: number): Float32Array;
}

/** A part of a vector that one encoder of several gives. */
export interface VectorBlock {
  /** How many numbers it is. */
  dimensions: number;
  /** Its share of a cosine; the shares of all blocks make 1. */
  weight: number;
}
