import { InputError } from "../errors.js";
import { describeValue } from "../text/field.js";
import { note, type Remark } from "../wording.js";
import { refuseEnded } from "./hold-lines.js";
import type { Input } from "./input.js";
import { untilAborted } from "./until-aborted.js";

/**
 * Whether a source is a stream whose strings are pieces of a text that end anywhere: of Node, unless in object mode, or of
 * the web. The strings of anything else are lines.
 */
export function isInPieces(source: object): boolean {
  const { pipe, readableObjectMode, getReader } = source as Partial<Record<string, unknown>>;
  return typeof getReader === "function" || (typeof pipe === "function" && readableObjectMode !== true);
}

/** The bytes of what is no path. */
export async function* bytesOf(
  input: Exclude<Input, string>,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  refuseEnded(input, name);
  if (input instanceof Uint8Array) yield input;
  else yield* toBytes(untilAborted<unknown>(input, signal), isInPieces(input), name);
}

/**
 * Elements of a stream as bytes: a string as UTF-8, ended as a line unless it is a piece.
 *
 * @param onNote hears of pieces that may have been meant for sentences
 * @throws InputError for an element that is neither
 */
export async function* toBytes(
  elements: AsyncIterable<unknown>,
  inPieces: boolean,
  name: string,
  onNote?: (note: Remark) => void,
): AsyncGenerator<Uint8Array> {
  // The first half of a character whose second half begins the next piece.
  let half = "";
  let element = 0;
  let isOneLine = inPieces;
  for await (const found of elements) {
    element++;
    if (found instanceof Uint8Array) {
      isOneLine = false;
      yield found;
    } else if (typeof found !== "string")
      throw new InputError(
        { path: name },
        `element ${element} is ${describeElement(found)}; expected bytes or a string.`,
      );
    else if (!inPieces) yield Buffer.from(`${found}\n`);
    else {
      const text = half + found;
      isOneLine &&= !/[\n\r]/.test(found);
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
      yield Buffer.from(text.slice(0, text.length - half.length));
    }
  }
  if (half !== "") yield Buffer.from(half);
  if (isOneLine && element > 1)
    onNote?.(
      note(
        `${name}: its ${element} pieces of text have no line break, so they are one sentence. Sentences are to be given in an array or an async iterable.`,
      ),
    );
}

/** What an element is, in words. */
export function describeElement(found: unknown): string {
  if (found instanceof Uint8Array) return "bytes";
  return found === undefined ? "undefined" : describeValue(found);
}
