import type { FastTextModel } from "./read-model.js";
import { findRow } from "./row-table.js";

/** The row of the n-grams with a number, or undefined where the model has not kept them. */
export function ngramRow({ kept, words }: FastTextModel, number: number): number | undefined {
  if (!kept) return words.count + number;
  return (kept.bits[number >>> 5] >>> number) & 1 ? findRow(kept.rows, number, 0) : undefined;
}
