import type { Texts } from "../types/texts.js";

/** Texts that are a list in memory, by number. */
export function listedTexts(texts: readonly string[]): Texts {
  return { length: texts.length, get: (index) => texts[index] };
}
