import { OptionError } from "../../errors.js";
import { WORD_CHARACTERS } from "../../text/word-character.js";

/** What a class of characters holds, as JavaScript writes it with the flag v. */
export interface Classes {
  word: string;
  digit: string;
  space: string;
}

export const UNICODE: Classes = { word: WORD_CHARACTERS, digit: "\\p{Nd}", space: "\\p{White_Space}" };
/** With the flag a of Python. */
export const ASCII: Classes = { word: "a-zA-Z0-9_", digit: "0-9", space: "\\t-\\r\\x20" };

/** The classes of POSIX, `[:alpha:]`; digits are those of ASCII alone, as in Python's `regex`. */
const POSIX: Readonly<Record<string, string>> = {
  alpha: "\\p{Alphabetic}",
  alnum: "\\p{Alphabetic}\\p{Nd}",
  upper: "\\p{Uppercase}",
  lower: "\\p{Lowercase}",
  digit: "0-9",
  xdigit: "0-9A-Fa-f",
  space: "\\p{White_Space}",
  blank: "\\t\\p{Zs}",
  cntrl: "\\p{Cc}",
  punct: "\\p{P}",
  word: WORD_CHARACTERS,
};

/** @throws OptionError for a class that does not exist */
export function posixClass(name: string): string {
  const [negated, wanted] = name.startsWith("^") ? [true, name.slice(1)] : [false, name];
  const found = Object.hasOwn(POSIX, wanted) ? POSIX[wanted] : undefined;
  if (found === undefined)
    throw new OptionError(`There is no class [:${name}:].`, {
      advice: `There are ${Object.keys(POSIX).join(", ")}.`,
    });
  return negated ? `[^${found}]` : found;
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  alpha: "Alphabetic",
  space: "White_Space",
  "l&": "LC",
};

/**
 * A property of Unicode as Python's `regex` names it: `Han`, `han`, `IsHan`, `sc:Han`, `Script=Han`, `^L`.
 *
 * @throws OptionError for one that does not exist, or not in JavaScript
 */
export function unicodeProperty(given: string, negated: boolean): string {
  const inverse = given.startsWith("^");
  const letter = negated !== inverse ? "P" : "p";
  const name = (inverse ? given.slice(1) : given).trim().replace(":", "=");
  const bare = name.replace(/^Is(?=[A-Z])/, "");
  const value = OTHER_NAMES[bare.toLowerCase()] ?? bare;
  const spellings = [value, capitalised(value), value.toUpperCase()];
  const properties = spellings.flatMap((one) => [one, `Script=${one}`]);
  const found = properties.find((property) => exists(`\\p{${property}}`));
  if (found !== undefined) return `\\${letter}{${found}}`;
  throw new OptionError(`There is no property \\p{${given}}.`, {
    advice: /^(?:In|blk|block)/i.test(name)
      ? "Blocks are not known: name a script, such as \\p{Cyrillic}, or write a range."
      : "Name one of Unicode, such as \\p{L}, \\p{Lu}, \\p{Han} or \\p{Script=Cyrillic}.",
  });
}

const capitalised = (name: string) =>
  name
    .split("=")
    .map((part, index, parts) =>
      index === 0 && parts.length > 1
        ? part
        : part
            .replace(/[^_ -]+/g, (word) => word[0].toUpperCase() + word.slice(1).toLowerCase())
            .replace(/[ -]/g, "_"),
    )
    .join("=");

function exists(property: string): boolean {
  try {
    return new RegExp(property, "v") !== undefined;
  } catch {
    return false;
  }
}
