import { OptionError } from "../errors.js";
import { startingWith } from "../flow/starting-with.js";
import { option, say } from "../wording.js";
import { holdLines, refuseEnded } from "./hold-lines.js";
import { type Input, READING, type ReadOptions, type TextSource } from "./input.js";
import { describeElement, isInPieces, toBytes } from "./streams.js";
import type { ItemSource } from "./text-items.js";
import { untilAborted } from "./until-aborted.js";

/** A text whose kind is known: bytes to be read by a format, or sentences in memory. */
export type OpenedText = { kind: "bytes"; input: Input } | { kind: "items"; items: ItemSource };

/**
 * Decides what a text is, an async iterable by its first element. What is given back is to be read, or the source stays
 * open.
 *
 * @throws OptionError for what is no text, and for options of a format with sentences in memory; what the source throws
 */
export async function openText(
  source: TextSource,
  name: string,
  options: ReadOptions = {},
): Promise<OpenedText> {
  refuseNoText(source, name);
  if (typeof source === "string" || source instanceof Uint8Array) return { kind: "bytes", input: source };
  if (!(Symbol.asyncIterator in source)) {
    refuseReading(name, options);
    return { kind: "items", items: source };
  }
  const inPieces = isInPieces(source);
  const elements = untilAborted<unknown>(source, options.signal);
  const first = await elements.next().catch((error: unknown): IteratorReturnResult<Error> => {
    // What is wrong with a stream of bytes is told with its name.
    if (inPieces && error instanceof Error) return { done: true, value: error };
    throw error;
  });
  const all = startingWith(first, elements);
  const { value } = first;
  if (first.done || value instanceof Uint8Array || (typeof value === "string" && inPieces))
    return { kind: "bytes", input: toBytes(all, inPieces, name, options.onNote) };
  try {
    refuseReading(name, options);
  } catch (error) {
    await elements.return(undefined);
    throw error;
  }
  return { kind: "items", items: all };
}

/** @throws OptionError for what cannot be a text, such as a number or a promise of one */
export function refuseNoText(source: unknown, name: string): void {
  holdLines(source);
  refuseEnded(source, name);
  if (typeof source === "string") return;
  const isIterable =
    typeof source === "object" &&
    source !== null &&
    (Symbol.asyncIterator in source || Symbol.iterator in source);
  if (isIterable) return;
  const found = source instanceof Promise ? "a promise" : describeElement(source);
  throw new OptionError(
    `${name} is ${found}; expected a path, bytes, a stream, or an iterable of strings or of records with text.`,
    { advice: source instanceof Promise ? "Await it first." : undefined },
  );
}

function refuseReading(name: string, options: ReadOptions): void {
  const given = READING.find((one) => options[one] !== undefined);
  if (given === undefined) return;
  throw new OptionError(
    say`${option(given)} goes with a text, but ${name} is there already, a sentence each.`,
    {
      advice: "Leave it out.",
    },
  );
}
