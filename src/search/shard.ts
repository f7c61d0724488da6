import { OptionError } from "../errors.js";
import type { SideName } from "../types/texts.js";
import { type OptionName, option, say } from "../wording.js";
import { SOURCE_BLOCK, TARGET_BLOCK } from "./exact.js";
import { inMemory } from "./in-memory.js";
import type { Range } from "./ranges.js";
import type { NonZeroRows } from "./zero-rows.js";

/** One of several equal parts of a side. */
export interface Shard {
  /** From 1. */
  number: number;
  /** How many there are. */
  of: number;
}

/** A shard as options say it. */
export const nameShard = ({ number, of }: Shard): string => `${number}/${of}`;

/** @throws OptionError if there is no such shard */
export function checkShard(name: string, shard: Shard): void {
  const { number, of } = shard;
  if (Number.isInteger(of) && of >= 1 && Number.isInteger(number) && number >= 1 && number <= of) return;
  const range = Number.isInteger(of) && of >= 1 ? `1/${of} to ${of}/${of}` : "such as 3/16";
  const given: OptionName = option(name, nameShard(shard));
  throw new OptionError(say`${given}: there is no such shard; expected a number of how many, ${range}.`);
}

const BLOCK: Record<SideName, number> = { source: SOURCE_BLOCK, target: TARGET_BLOCK };

/**
 * The rows of a shard: whole blocks, so that every block of products, and with it every rounding, is the same whatever
 * the shards. If there are more shards than blocks, some are empty.
 */
export function rowsOfShard(side: SideName, rows: number, { number, of }: Shard): Range {
  const blocks = Math.ceil(rows / BLOCK[side]);
  const edge = (n: number) => Math.min(rows, Math.floor((n * blocks) / of) * BLOCK[side]);
  return { first: edge(number - 1), end: edge(number) };
}

/** Some rows of a side, which are held. Memory: these rows. */
export function holdRows({ vectors, rowNumbers }: NonZeroRows, { first, end }: Range): NonZeroRows {
  const { dimensions, read } = vectors;
  return {
    vectors: inMemory({ rows: end - first, dimensions, data: read(first, end) }),
    rowNumbers: rowNumbers.slice(first, end),
  };
}
