import Assembler from "stream-json/assembler.js";
import parser from "stream-json/parser.js";
import { InputError } from "../errors.js";
import type { Sentence } from "../types/texts.js";
import { option, say } from "../wording.js";
import { decodeUtf8 } from "./decode-utf8.js";
import { BrokenInput, SKIP } from "./faults.js";
import type { ReadOptions } from "./input.js";
import { MAX_LINE_BYTES } from "./lines.js";
import { type JsonRecord, readRecord, type Written } from "./record.js";

/** One element of the array; `line` is its number from 1. */
export interface Element {
  value: unknown;
  line: number;
  /** An object as it stands in the array. */
  text: string;
}

/** @throws the parser throws InputError for an element that lacks a field */
export function parseElement(options: ReadOptions, path: string): (element: Element) => Sentence {
  return (element) => readRecord(recordIn(element, path), options);
}

/** A value as it stood in the array, except for its spaces and for digits after a point. */
const writeValue: Written = (_path, value) =>
  typeof value === "bigint"
    ? String(value)
    : JSON.stringify(value, (_key, below) => (typeof below === "bigint" ? String(below) : below));

/** What an element holds. */
export function recordIn({ value, line }: Element, path: string): JsonRecord {
  return {
    value,
    line,
    fault: (problem, details) => new InputError({ path }, `element ${line}: ${problem}`, details),
    written: writeValue,
  };
}

/**
 * Where an element may have ended: after a bracket, or after a quote that a separator or the next string follows.
 * stream-json forgets everything in a piece in which it fails, so the text is cut here: a whole element comes out
 * before a fault behind it goes in.
 */
const AFTER_ELEMENT = /(?<=[}\]]|"(?=\s*[,\]"]))/;

/** stream-json waits for so many more characters before it gives up on a token. */
const PADDING = " ".repeat(32);

/**
 * The elements of one big JSON array, as they end; it costs the memory of one element. Some 10 MB/s: JSON Lines are ten
 * times as fast.
 *
 * @throws InputError if the document is not an array; BrokenInput, whose byte is close to the fault, if it is broken
 */
export async function* readElements(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Element[]> {
  const parse = parser({ streamValues: false }) as unknown as (text: string) => AsyncIterable<parser.Token>;
  const assembler = new WholeNumbers();
  let begun = false;
  let line = 0;
  /** Bytes before the piece in hand, and the text since the last element ended. */
  let byte = 0;
  let open = "";

  const broken = (reason: string, cause?: unknown) => {
    const problem = `the JSON array is broken in element ${line + 1} (${reason}).`;
    return new BrokenInput({ path, byte }, problem, {
      advice: say`Correct the file, or pass ${SKIP} to keep the elements before.`,
      cause,
    });
  };
  /** The elements that end in this piece. */
  const parsePiece = async (piece: string): Promise<Element[]> => {
    try {
      for await (const token of parse(piece)) assembler.consume(token);
    } catch (cause) {
      throw broken((cause as Error).message, cause);
    }
    const values: unknown[] = assembler.depth <= 1 ? assembler.current.splice(0) : [];
    const text = open + piece;
    open = values.length > 0 ? "" : text;
    if (open.length > MAX_LINE_BYTES) throw broken("it is longer than 16 MiB");
    return values.map((value) => ({
      value,
      line: ++line,
      text: text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1),
    }));
  };

  for await (const { text, start } of decodeUtf8(chunks, path)) {
    begun ||= beginsArray(text, path);
    if (!begun) continue;
    byte = start;
    for (const piece of text.split(AFTER_ELEMENT)) {
      const elements = await parsePiece(piece);
      if (elements.length > 0) yield elements;
      byte += Buffer.byteLength(piece);
    }
  }
  if (!begun || assembler.done) return;
  await parsePiece(PADDING);
  throw broken("the array is not closed");
}

/** Makes a bigint of a whole number that a double would round. */
class WholeNumbers extends Assembler {
  override numberValue(text: string): void {
    if (!/^-?\d{16,}$/.test(text) || Number.isSafeInteger(Number(text))) super.numberValue(text);
    // A text's place takes any value.
    else this.stringValue(BigInt(text) as unknown as string);
  }
}

/** Whether a first character has come: it must open an array, and a text that is all blank has none yet. */
function beginsArray(text: string, path: string): boolean {
  const first = text.trimStart()[0];
  if (first === undefined || first === "[") return first === "[";
  const problem = `is not a JSON array: it begins with ${JSON.stringify(first)}.`;
  throw new InputError({ path }, problem, {
    advice: say`Pass ${option("format", "jsonl")} if each line is an object. An array inside of an object is to be written into a file of its own.`,
  });
}
