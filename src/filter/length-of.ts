import type { Unit } from "./rule-options.js";
import type { TextFacts } from "./text-facts.js";

export function lengthOf({ counts }: TextFacts, unit: Unit): number {
  return unit === "word" ? counts.words : counts.characters;
}
