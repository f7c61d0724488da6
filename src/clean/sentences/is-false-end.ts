import type { Abbreviations } from "./abbreviations.js";

/** The word before the last full stop: with full stops and hyphens of its own, as in "t.ex" and "J.-C". */
const LAST_WORD = /[\p{L}\p{M}\p{N}.-]+(?=\.$)/u;
const INITIAL = /^(?:\p{Lu}\p{M}*\.)*\p{Lu}\p{M}*$/u;
const NUMBER_BEFORE = /\p{N}\s*$/u;
const STARTS_LOW = /^\s*\p{Ll}/u;
const STARTS_HIGH = /^\s*\p{Lu}/u;
const NOTHING_BUT_MARKS = /^[^\p{L}\p{N}]*$/u;
/** A quotation that ends like a sentence but goes on with its speaker in small letters. */
const ENDS_QUOTED = /[.!?…。！？][»”"’」』)）]$/u;
const QUOTATIVE = /^(?:と|って)/u;
const STARTS_WITH_NUMBER = /^\s*\p{N}/u;
const LONGEST_SHORT_WORD = 3;
/** How much of a text is looked at before a cut: more than any abbreviation is long. */
export const END = 40;

/**
 * Whether two pieces that a splitter cut apart are of one sentence.
 *
 * @param end the last `END` characters before the cut, or fewer
 * @param language ISO 639, without a script
 */
export function isFalseEnd(end: string, after: string, language: string, known: Abbreviations): boolean {
  if (NOTHING_BUT_MARKS.test(after)) return true;
  if (NOTHING_BUT_MARKS.test(end)) return true;
  const trimmed = end.trimEnd();
  if (!trimmed.endsWith("."))
    return ENDS_QUOTED.test(trimmed) && (language === "ja" ? QUOTATIVE : STARTS_LOW).test(after);
  const [word] = LAST_WORD.exec(trimmed.slice(trimmed.lastIndexOf(" ") + 1)) ?? [];
  if (word === undefined) return false;
  if (after.startsWith("-") || known.always.has(word)) return true;
  if (known.beforeNumbers.has(word) && STARTS_WITH_NUMBER.test(after)) return true;
  if (known.afterNumbers.has(word) && !NUMBER_BEFORE.test(end.slice(0, end.lastIndexOf(word)))) return true;
  // Small letters follow a full stop if it ends an abbreviation, or if the writer uses no capitals.
  if (STARTS_LOW.test(after))
    return word.includes(".") || (word.length <= LONGEST_SHORT_WORD && language !== "en");
  // "So am I." ends a sentence.
  return INITIAL.test(word) && STARTS_HIGH.test(after) && !(language === "en" && word === "I");
}
