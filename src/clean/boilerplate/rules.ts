/** What a sentence must be to stay, by the name under which a manifest counts those that are not. */
export const RULE_NAMES = [
  "too-short",
  "too-long",
  "few-letters",
  "repeated-characters",
  "url-only",
  "numbers-only",
  "mojibake",
  "replacement-characters",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

export interface RuleOptions {
  /** Shortest sentence that is kept, in Unicode characters. @default 3 */
  minCharacters?: number;
  /** Longest sentence that is kept, in Unicode characters. @default 1000 */
  maxCharacters?: number;
  /** Least share of letters among the characters that are not spaces. @default 0.5 */
  minLetters?: number;
  /** Longest run of one character. @default 9 */
  maxRun?: number;
}

/**
 * The first rule that a sentence breaks, in the order of `RULE_NAMES`; none where it may stay.
 *
 * @param text as `normaliseText` gives it
 */
export type FirstFault = (text: string) => RuleName | undefined;

/** @throws OptionError for a number that cannot be */
export function openRules(_options: RuleOptions = {}): FirstFault {
  throw new Error("not written yet");
}
