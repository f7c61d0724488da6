import { checkShare, checkWhole } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { checkLengths } from "../check-lengths.js";
import { hasMojibake } from "../mojibake.js";
import { type Measured, measure } from "./measure.js";

/** Which sentences of a page are no boilerplate. */
export interface BoilerplateOptions {
  /** Shortest sentence that is kept, in Unicode characters. @default 3 */
  minCharacters?: number;
  /** Longest sentence that is kept, in Unicode characters. @default 1000 */
  maxCharacters?: number;
  /** Least share of letters among the characters that are not spaces, 0 to 1. @default 0.5 */
  minLetters?: number;
  /** Longest run of one character. @default 9 */
  maxRun?: number;
  /** Rules that are not applied. @default none */
  without?: readonly RuleName[];
}

/** The rules, in the order in which they are applied; each name is also the reason that is counted. */
const RULES = {
  "too-short": "has fewer characters than the least",
  "too-long": "has more characters than the most",
  "replacement-characters": "has U+FFFD, which stands for bytes that could not be read",
  mojibake: "shows UTF-8 that was read as another character set, and could not be repaired",
  "url-only": "has nothing but addresses of the web or of mail",
  "numbers-only": "has digits and no letter",
  "few-letters": "has a smaller share of letters than the least",
  "repeated-characters": "has a longer run of one character than the most",
  "menu-like": "is a row of short phrases with separators between them, and no sentence",
} as const;
/** The name of a rule against boilerplate, which is also the reason that is counted. */
export type RuleName = keyof typeof RULES;
export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

/**
 * The first rule that a sentence breaks, in the order of `RULES`; none where it may stay.
 *
 * @param text as `normaliseText` gives it
 */
export type FirstFault = (text: string) => RuleName | undefined;

const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const ADDRESS =
  /^(?:[a-z]+:\/\/\S+|www\.\S+|[^\s@]+@[^\s@]+\.[a-z]{2,}|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,}(?:\/\S*)?)$/iu;
/** What each of these has. */
const ADDRESS_MARK = /[.:]/;
const SEPARATOR = /\s*(?:[|•·»›>¦／｜]|\s[-–—/]\s)\s*/u;
const SENTENCE_ENDS = ".!?。！？؟।۔…";
const LEAST_PHRASES = 3;
const MOST_WORDS = 3;

/** @throws OptionError for a number that cannot be, or a rule that is none */
export function openRules(options: BoilerplateOptions = {}): FirstFault {
  const { minCharacters = 3, maxCharacters = 1000, minLetters = 0.5, maxRun = 9, without = [] } = options;
  checkNumbers({ minCharacters, maxCharacters, minLetters, maxRun });
  for (const name of without)
    if (!RULE_NAMES.includes(name))
      throw new OptionError(
        say`${option("without")} names ${JSON.stringify(name)}, which is no rule; expected some of ${RULE_NAMES.join(", ")}.`,
      );
  const breaks: Record<RuleName, (text: string, measured: Measured) => boolean> = {
    "too-short": (_, { characters }) => characters < minCharacters,
    "too-long": (_, { characters }) => characters > maxCharacters,
    "replacement-characters": (text) => text.includes("\ufffd"),
    mojibake: hasMojibake,
    "url-only": isAddresses,
    "numbers-only": (text) => !LETTER.test(text) && DIGIT.test(text),
    "few-letters": (_, { letters, notSpaces }) => letters < minLetters * notSpaces,
    "repeated-characters": (_, { longestRun }) => longestRun > maxRun,
    "menu-like": isMenuLike,
  };
  const names = RULE_NAMES.filter((name) => !without.includes(name));
  return (text) => {
    const measured = measure(text);
    return names.find((name) => breaks[name](text, measured));
  };
}

function checkNumbers(options: Required<Omit<BoilerplateOptions, "without">>): void {
  const { minCharacters, maxCharacters, minLetters, maxRun } = options;
  checkLengths({ minCharacters, maxCharacters });
  checkShare({ minLetters });
  checkWhole({ maxRun });
}

function isAddresses(text: string): boolean {
  // Few texts begin with an address.
  const end = text.indexOf(" ");
  return (
    ADDRESS_MARK.test(end < 0 ? text : text.slice(0, end)) &&
    text.split(" ").every((word) => ADDRESS.test(word))
  );
}

function isMenuLike(text: string): boolean {
  if (text !== "" && SENTENCE_ENDS.includes(text.at(-1)!)) return false;
  const phrases = text.split(SEPARATOR).filter((phrase) => phrase !== "");
  return phrases.length >= LEAST_PHRASES && phrases.every((phrase) => phrase.split(" ").length <= MOST_WORDS);
}
