import type { Input } from "../../read/input.js";
import type { Sentence } from "../../types.js";

/** Where one side's text comes from: a path, a stream of bytes, or sentences in memory. */
export type TextSource = Input | Iterable<string | Sentence>;

/** What messages call a source. */
export function nameOf(source: TextSource, side: string, given?: string): string {
  if (given !== undefined) return given;
  if (typeof source === "string") return source;
  return Symbol.asyncIterator in source ? "standard input" : side;
}
