import { InputError, OptionError } from "../../errors.js";
import { describeElement } from "../../read/streams.js";
import { untilAborted } from "../../read/until-aborted.js";
import type { Pair, PairLike, PairSource, SeenPair } from "../../types/bitexts.js";

/** What messages call pairs in memory. */
export const PAIRS_NAME = "pairs";

/** A pair as it was given, and as jobs know it. */
export interface GivenPair<P extends PairLike> {
  given: P;
  pair: SeenPair<P>;
}

/**
 * Pairs in memory, `size` at a time, the last time fewer. The source is closed when the work ends early.
 *
 * @throws OptionError for what is not iterable; InputError for an element that is no pair, with its number; what the
 * source throws; the signal's reason
 */
export async function* givenPairs<P extends PairLike>(
  source: PairSource<P>,
  size: number,
  signal?: AbortSignal,
): AsyncGenerator<GivenPair<P>[]> {
  let batch: GivenPair<P>[] = [];
  let number = 0;
  for await (const element of elementsOf(source, signal)) {
    for (const given of isBatch(element) ? element : [element]) {
      number++;
      batch.push({ given, pair: toPair(given, number) });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Whether an element is a batch of pairs, as `readPairs` gives them; one of texts is a pair in another form. */
const isBatch = <P>(element: P | readonly P[]): element is readonly P[] =>
  Array.isArray(element) && typeof element[0] !== "string";

async function* elementsOf<P extends PairLike>(source: PairSource<P>, signal?: AbortSignal) {
  if (typeof source !== "object" || source === null)
    throw new OptionError(`The pairs are ${describeElement(source)}; expected an iterable of pairs.`, {
      advice: typeof source === "string" ? "Read a file with readPairs." : undefined,
    });
  if (Symbol.asyncIterator in source) {
    yield* untilAborted(source, signal);
    return;
  }
  if (!(Symbol.iterator in source))
    throw new OptionError("The pairs are no iterable; expected one, such as an array or an async generator.");
  for (const element of source) {
    signal?.throwIfAborted();
    yield element;
  }
}

function toPair<P extends PairLike>(given: P, number: number): SeenPair<P> {
  const fault = (problem: string) => new InputError({ path: PAIRS_NAME }, `element ${number} ${problem}.`);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw fault(
      `is ${describeElement(given)}; expected a pair with source and target, such as {"source": "a", "target": "b"}`,
    );
  const { fields, score, line = number } = given;
  if (score !== undefined && score !== null && typeof score !== "number")
    throw fault(`has a score that is ${describeElement(score)}; expected a number`);
  const textOf = (side: "source" | "target"): string => {
    const found: unknown = given[side];
    const text = typeof found === "object" && found !== null ? (found as { text?: unknown }).text : found;
    if (typeof text === "string") return text;
    throw fault(`has a ${side} that is ${describeElement(found)}; expected its text`);
  };
  const { added } = given as Partial<Pair>;
  return {
    ...given,
    source: textOf("source"),
    target: textOf("target"),
    line,
    score: score ?? undefined,
    ...(fields && { added: { ...fields, ...added } }),
  };
}
