import { TextFacts } from "../filter/text-facts.js";
import type { HashText } from "../store/hash-text.js";
import type { Pair } from "../types.js";

/** What counts as the same text: the same characters, or the same letters whatever their case. */
export type CompareTexts = (text: string) => string;

export const exactly: CompareTexts = (text) => text;
export const nearly: CompareTexts = (text) => new TextFacts(text).nearKey;

/** What makes two pairs duplicates of each other. */
export const DUPLICATES_OF = ["pair", "source", "target"] as const;
export type DuplicatesOf = (typeof DUPLICATES_OF)[number];

/** A pair's 64-bit hash: two pairs of the same hash are duplicates. */
export function hashPair(
  { source, target }: Pair,
  of: DuplicatesOf,
  compare: CompareTexts,
  hash: HashText,
): bigint {
  if (of === "source") return hash(compare(source));
  if (of === "target") return hash(compare(target));
  return hash(`${compare(source)}\0${compare(target)}`);
}
