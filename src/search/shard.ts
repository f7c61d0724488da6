import { OptionError } from "../errors.js";
import { SOURCE_BLOCK } from "./exact.js";
import type { NonZeroRows } from "./zero-rows.js";

/** One of several equal parts of a search. */
export interface Shard {
  /** From 1. */
  number: number;
  /** How many there are. */
  of: number;
}

/** @throws OptionError if there is no such shard */
export function checkShard({ number, of }: Shard): void {
  if (Number.isInteger(of) && of >= 1 && Number.isInteger(number) && number >= 1 && number <= of) return;
  const range = Number.isInteger(of) && of >= 1 ? `1/${of} to ${of}/${of}` : "such as 3/16";
  throw new OptionError(`There is no shard ${number}/${of}; expected a number of how many, ${range}.`);
}

/**
 * The source rows of a shard: whole blocks, so that every block of products, and with it every rounding, is the same
 * whatever the shards. If there are more shards than blocks, some are empty.
 */
export function cutShard({ vectors, rowNumbers }: NonZeroRows, { number, of }: Shard): NonZeroRows {
  const blocks = Math.ceil(vectors.rows / SOURCE_BLOCK);
  const edge = (n: number) => Math.min(vectors.rows, Math.floor((n * blocks) / of) * SOURCE_BLOCK);
  const [first, end] = [edge(number - 1), edge(number)];
  const { dimensions, read } = vectors;
  return {
    vectors: {
      rows: end - first,
      dimensions,
      read: (start, stop) => read(first + start, first + stop),
    },
    rowNumbers: rowNumbers.subarray(first, end),
  };
}
