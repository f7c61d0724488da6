import { join } from "node:path";
import { InputError } from "../errors.js";
import type { Input } from "../read/input.js";
import { guessBitextFormat } from "../read/pairs/guess-format.js";
import { type PairInput, type ReadPairsOptions, readPairs } from "../read/pairs/read-pairs.js";
import type { Pair } from "../types.js";
import { identify, isPipe } from "./identify.js";

/** A bitext that can be read again and again. */
export interface RereadBitext {
  /** What messages call it. */
  name: string;
  read(options?: Pick<ReadPairsOptions, "onSkip">): AsyncGenerator<Pair[], void, undefined>;
}

/**
 * Makes a bitext readable more than once: a stream or a named pipe is copied to a folder first.
 *
 * @throws OutputError if the copy cannot be written
 */
export async function readTwice(
  input: PairInput,
  options: ReadPairsOptions,
  folder: string,
): Promise<RereadBitext> {
  const inputs: readonly Input[] = Array.isArray(input) ? input : [input as Input];
  const names = inputs.map((one, side) => nameOf(one, options, side));
  const format = options.format ?? (inputs.length === 2 ? "moses" : guessBitextFormat(inputs[0]));
  const kept: Input[] = [];
  for (const [side, one] of inputs.entries())
    kept.push(await keep(one, join(folder, `spool.${side}`), options));
  const again: PairInput = kept.length === 2 ? [kept[0], kept[1]] : kept[0];
  const name = kept.length === 2 ? ([names[0], names[1]] as const) : names[0];
  return { name: names[0], read: (more) => readPairs(again, { ...options, ...more, format, name }) };
}

async function keep(input: Input, spool: string, { signal }: ReadPairsOptions): Promise<Input> {
  if (typeof input === "string" && !(await isPipe(input))) return input;
  return (await identify(input, spool, signal)).source as string;
}

function nameOf(input: Input, { name }: ReadPairsOptions, side: number): string {
  const given = typeof name === "string" ? name : name?.[side];
  return given ?? (typeof input === "string" ? input : "standard input");
}

/** The error of a bitext that was another one when it was read again. */
export function changed(path: string, before: number, after: number): InputError {
  return new InputError(
    { path },
    `had ${before} pairs when it was read first, and ${after} the second time; leave it as it is while it is worked on`,
  );
}
