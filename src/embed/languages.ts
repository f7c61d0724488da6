import { OptionError } from "../errors.js";
import { codesOf } from "../text/code-points.js";
import { editDistance } from "../text/edit-distance.js";
import { type LanguageTag, readLanguageTag } from "../text/language-tag.js";
import type { Encoder, EncoderLanguages } from "../types/encoder.js";
import type { SideName } from "../types/texts.js";
import { option, say } from "../wording.js";

/** Of which languages each side's texts are, for an encoder that has to be told. */
export interface LanguageOptions {
  /**
   * The language of the source's texts, for an encoder of a translator: its own code (`en_XX`, `eng_Latn`, `__en__`), or
   * ISO 639's (`en`, `eng`) where no other can be meant. @default what a job knows of its texts, else none
   */
  language?: string;
  /** The same of the target's texts; both sides of a bitext are of different languages. @default none */
  targetLanguage?: string;
}

/** The option that tells a side's language. */
const OPTION = { source: "language", target: "targetLanguage" } as const;

/**
 * What an encoder's languages are, and which of them is told of each side.
 *
 * @param encoder its name in messages
 * @param codes its own; none where it need not be told
 * @throws OptionError if a language is told that it does not have
 */
export function encoderLanguages(
  encoder: string,
  codes: readonly string[] | undefined,
  told: LanguageOptions,
): EncoderLanguages | undefined {
  const given = (["source", "target"] as const).filter((side) => told[OPTION[side]] !== undefined);
  if (codes === undefined) {
    if (given.length === 0) return undefined;
    const name = OPTION[given[0]];
    throw new OptionError(
      say`${option(name, told[name])} says nothing to ${encoder}, which is not told the language of a text.`,
      { advice: "Leave it out." },
    );
  }
  const ofSide = (side: SideName) => {
    const language = told[OPTION[side]];
    return language === undefined ? undefined : findCode(encoder, codes, language);
  };
  const sides = { source: ofSide("source"), target: ofSide("target") };
  return {
    codes,
    sides,
    codeOf: (side, language) => {
      const code = language === undefined ? sides[side] : findCode(encoder, codes, language);
      if (code !== undefined) return code;
      throw new OptionError(
        `${encoder}: has to be told the language of the ${side}'s texts; it has ${codes.join(", ")}.`,
        { advice: say`Give one of them as ${option(OPTION[side])}.` },
      );
    },
  };
}

/** An encoder that is told the languages of each side's texts, if it has to be. */
export function inLanguages(encoder: Encoder, told: Partial<Record<SideName, string>>): Encoder {
  const { languages } = encoder;
  if (!languages) return encoder;
  const codeOf: EncoderLanguages["codeOf"] = (side, language = told[side]) =>
    languages.codeOf(side, language);
  return {
    ...encoder,
    languages: { ...languages, codeOf },
    encode: (texts, options) => {
      const { side = "source", language } = options ?? {};
      return encoder.encode(texts, { ...options, language: codeOf(side, language) });
    },
  };
}

/**
 * An encoder's code of a language: the one of that name, or the only one that can be meant.
 *
 * @throws OptionError if there is none, with all that there are, the nearest first; or if it may be several
 */
function findCode(encoder: string, codes: readonly string[], language: string): string {
  if (codes.includes(language)) return language;
  const asked = tagOf(language);
  const meant = asked ? codes.filter((code) => isSame(asked, tagOf(code))) : [];
  if (meant.length === 1) return meant[0];
  if (meant.length > 1)
    throw new OptionError(`${encoder}: ${language} may be ${meant.join(" or ")}.`, {
      advice: "Name one of them.",
    });
  throw new OptionError(
    `${encoder}: has no language ${JSON.stringify(language)}; it has ${nearestFirst(language, codes).join(", ")}.`,
    { advice: "Name one of them, or take an encoder that knows the language." },
  );
}

/** M2M-100 writes `__en__`. */
const tagOf = (code: string) => readLanguageTag(code.replace(/^__|__$/g, ""));

/** Whether two tags may mean one language: neither names another script. */
function isSame(one: LanguageTag, other: LanguageTag | undefined): boolean {
  if (one.language !== other?.language) return false;
  return one.script === undefined || other.script === undefined || one.script === other.script;
}

function nearestFirst(typed: string, codes: readonly string[]): string[] {
  const wanted = codesOf(typed.toLowerCase());
  const changes = new Map(
    codes.map((code) => [code, editDistance(wanted, codesOf(code.toLowerCase()))] as const),
  );
  return [...codes].sort((a, b) => changes.get(a)! - changes.get(b)!);
}
