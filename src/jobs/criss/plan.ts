import { OptionError } from "../../errors.js";
import type { TextSource } from "../../read/input.js";
import { refuseNoText } from "../../read/open-text.js";
import { option, say } from "../../wording.js";

/** A text for each language, by the language's name; or pairs of texts, two languages each, the source first. */
export type CrissTexts =
  | Readonly<Record<string, TextSource>>
  | readonly Readonly<Record<string, TextSource>>[];

/** Which texts are read, and which of them are mined with each other. */
export interface Plan {
  texts: PlannedText[];
  pairs: PlannedPair[];
}

export interface PlannedText {
  /** What its files are called. */
  name: string;
  language: string;
  source: TextSource;
}

export interface PlannedPair {
  /** `de-en`, as its files are called. */
  name: string;
  languages: readonly [source: string, target: string];
  /** Numbers of texts. */
  source: number;
  target: number;
}

const ENGLISH = "en";
/** Not only digits: an object would list such a name before all others. */
const NAME = /^(?!\d+$)[\p{L}\p{N}_-]+$/u;

/**
 * Plans what is mined with what: every language with every pivot, once.
 *
 * @param pivots names of languages, or `all`; by default `en` where there is such a text, else all
 * @throws OptionError if there are not two texts, a pivot is none of them, or two would have one name
 */
export function planCriss(texts: CrissTexts, pivots?: readonly string[] | "all"): Plan {
  if (!isPairs(texts)) return planLanguages(texts, pivots);
  if (pivots !== undefined)
    throw new OptionError(
      say`${option("pivots")} goes with one text for each language; these texts are in pairs already.`,
      { advice: "Leave it out." },
    );
  return planPairs(texts);
}

function isPairs(texts: CrissTexts): texts is readonly Readonly<Record<string, TextSource>>[] {
  return Array.isArray(texts);
}

function planLanguages(
  given: Readonly<Record<string, TextSource>>,
  pivots?: readonly string[] | "all",
): Plan {
  const texts = Object.entries(given).map(([name, source]) => toText(name, source, name));
  const names = texts.map(({ name }) => name);
  if (texts.length < 2)
    throw new OptionError(
      `Expected a text in each of two languages or more, found ${names.length === 0 ? "none" : `${names[0]} alone`}.`,
    );
  const asked = pivots ?? (names.includes(ENGLISH) ? [ENGLISH] : "all");
  if (asked !== "all") {
    const unknown = asked.find((pivot) => !names.includes(pivot));
    if (unknown !== undefined || asked.length === 0)
      throw new OptionError(
        say`${option("pivots")} names ${unknown ?? "no language"}; expected languages among ${names.join(", ")}, or all.`,
      );
  }
  const pairs: PlannedPair[] = [];
  for (const [source, language] of names.entries()) {
    for (const [target, pivot] of names.entries()) {
      if (source === target) continue;
      const both = asked === "all" || (asked.includes(language) && asked.includes(pivot));
      if (both ? source < target : asked.includes(pivot))
        pairs.push({ name: `${language}-${pivot}`, languages: [language, pivot], source, target });
    }
  }
  return refuseSameFiles({ texts, pairs });
}

function planPairs(given: readonly Readonly<Record<string, TextSource>>[]): Plan {
  const texts: PlannedText[] = [];
  const languages = given.flatMap((sides) => Object.keys(sides));
  const isAlone = (language: string) => languages.indexOf(language) === languages.lastIndexOf(language);
  const pairs = given.map((sides) => {
    const [x, y, ...more] = Object.entries(sides);
    if (!x || !y || more.length > 0)
      throw new OptionError(
        `A pair has ${Object.keys(sides).join(", ") || "no text"}; expected two languages, each with its text.`,
      );
    const name = `${x[0]}-${y[0]}`;
    const [source, target] = [x, y].map(([language, text]) => {
      const own = isAlone(language) ? language : `${name}.${language}`;
      return texts.push(toText(language, text, own)) - 1;
    });
    return { name, languages: [x[0], y[0]] as const, source, target };
  });
  if (pairs.length === 0) throw new OptionError("Expected pairs of texts, found none.");
  return refuseSameFiles({ texts, pairs });
}

function toText(language: string, source: TextSource, name: string): PlannedText {
  if (!NAME.test(language))
    throw new OptionError(
      `A language is called "${language}"; expected letters, digits, - and _, not digits alone, as in de or zh-Hant.`,
    );
  refuseNoText(source, language);
  if (source === "") throw new OptionError(`${language} has no text; expected the name of a file.`);
  return { name, language, source };
}

/** @throws OptionError if two would have the same files; some file systems tell no capitals from small letters */
function refuseSameFiles(plan: Plan): Plan {
  const rename = "Give one of the languages another name.";
  const same = findSame(plan.pairs);
  if (same && same[0] === same[1])
    throw new OptionError(`Two pairs would both be called ${same[0]}.`, { advice: rename });
  const alike = same ?? findSame(plan.texts);
  if (alike)
    throw new OptionError(
      `${alike.join(" and ")} would have the same files where names are the same whatever their capitals.`,
      { advice: rename },
    );
  return plan;
}

function findSame(named: readonly { name: string }[]): [first: string, second: string] | undefined {
  const files = new Map<string, string>();
  for (const { name } of named) {
    const file = name.normalize("NFKC").toLowerCase();
    const other = files.get(file);
    if (other !== undefined) return [other, name];
    files.set(file, name);
  }
  return undefined;
}
