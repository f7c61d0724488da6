import { OptionError } from "../../errors.js";
import { startingWith } from "../../flow/starting-with.js";
import type { Input } from "../../read/input.js";
import { inputsOf, type PairInput } from "../../read/pairs/pair-input.js";
import { READ_PAIRS_OPTIONS, type ReadPairsOptions, readPairs } from "../../read/pairs/read-pairs.js";
import { isInPieces, toBytes } from "../../read/streams.js";
import { untilAborted } from "../../read/until-aborted.js";
import type { Pair, PairSource } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { givenPairs, PAIRS_NAME } from "./given-pairs.js";

const BATCH_PAIRS = 1024;

/** Options that say nothing of how pairs stand in bytes. */
const OF_ALL = ["onError", "onSkip", "onNote", "onLeftOut", "signal", "name"];

/**
 * The pairs of a bitext, or those that a program has; which of them an async iterable gives is told by its first element.
 *
 * @throws OptionError for options of reading with pairs in memory; as `readPairs` and `givenPairs`
 */
export async function* pairsOf(
  source: PairInput | PairSource,
  options: ReadPairsOptions,
): AsyncGenerator<Pair[], void, undefined> {
  const { signal } = options;
  if (isBitext(source)) yield* readPairs(source, options);
  else if (typeof source !== "object" || source === null || !(Symbol.asyncIterator in source))
    yield* inMemory(source as PairSource, options);
  else {
    const elements = untilAborted<unknown>(source, signal);
    const first = await elements.next();
    const all = startingWith(first, elements);
    const { value } = first;
    if (typeof value === "object" && !(value instanceof Uint8Array))
      yield* inMemory(all as AsyncIterable<Pair>, options);
    else yield* readPairs(toBytes(all, isInPieces(source), nameOfPairs(source)), options);
  }
}

/** What messages call pairs. */
export function nameOfPairs(source: PairInput | PairSource): string {
  if (!isBitext(source) && !("pipe" in source)) return PAIRS_NAME;
  return inputsOf(source as PairInput)
    .map((one) => (typeof one === "string" ? one : "standard input"))
    .join(", ");
}

/** Whether it is a bitext, as can be told before its first element. */
function isBitext(source: PairInput | PairSource): source is Exclude<PairInput, AsyncIterable<unknown>> {
  const isInput = (one: unknown): one is Input =>
    typeof one === "string" ||
    one instanceof Uint8Array ||
    (one as object)?.[Symbol.asyncIterator as never] !== undefined;
  if (Array.isArray(source)) return source.length === 2 && source.every(isInput);
  return typeof source === "string" || source instanceof Uint8Array;
}

async function* inMemory(source: PairSource, options: ReadPairsOptions): AsyncGenerator<Pair[]> {
  const ofBytes = Object.keys(READ_PAIRS_OPTIONS).filter((name) => !OF_ALL.includes(name));
  const given = ofBytes.find((name) => options[name as keyof ReadPairsOptions] !== undefined);
  if (given !== undefined)
    throw new OptionError(say`${option(given)} says how a bitext is read, but the pairs are there already.`, {
      advice: "Leave it out.",
    });
  for await (const batch of givenPairs(source, BATCH_PAIRS, options.signal))
    yield batch.map(({ pair }) => pair);
}
