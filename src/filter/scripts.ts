import { OptionError } from "../errors.js";
import { scriptsOfLanguage } from "../text/language-scripts.js";
import { classOf, LETTER } from "./characters.js";

/** Scripts that are written mixed, by their name in ISO 15924. */
const MIXED: Record<string, readonly string[]> = {
  Jpan: ["Han", "Hira", "Kana"],
  Kore: ["Hang", "Han"],
  Hans: ["Han"],
  Hant: ["Han"],
};

const IN_SCRIPT = 1;
const NOT_IN_SCRIPT = 2;

/** Counts a text's letters that are of some scripts. */
export type CountScript = (text: string) => { letters: number; inScript: number };

/** The scripts that a language is written in, such as Latn; of Japanese three, and of Serbian two. */
export function scriptsOf(language: string): readonly string[] {
  const scripts = scriptsOfLanguage(language);
  if (scripts.length === 0)
    throw new OptionError(`The script of "${language}" is not known.`, { advice: "Name it, such as Latin." });
  return [...new Set(scripts.flatMap((script) => MIXED[script] ?? [script]))];
}

/**
 * @param scripts Unicode's names, long or short: Latin or Latn
 * @throws OptionError for one that is not among them
 */
export function openScript(scripts: readonly string[]): CountScript {
  const inScript = compile(scripts);
  /** Of the letters of the basic plane that were looked at. */
  const answers = new Uint8Array(0x10000);
  const answer = (code: number) => {
    const found = inScript.test(String.fromCodePoint(code)) ? IN_SCRIPT : NOT_IN_SCRIPT;
    if (code < answers.length) answers[code] = found;
    return found;
  };
  return (text) => {
    let letters = 0;
    let found = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
      if (!(classOf(code) & LETTER)) continue;
      letters++;
      if ((answers[code] || answer(code)) === IN_SCRIPT) found++;
    }
    return { letters, inScript: found };
  };
}

/** A letter that several scripts share, such as the long vowel mark of Japanese, is of each. */
function compile(scripts: readonly string[]): RegExp {
  try {
    return new RegExp(`[${scripts.map((script) => `\\p{Script_Extensions=${script}}`).join("")}]`, "u");
  } catch {
    throw new OptionError(
      `Script "${scripts.join(", ")}" is unknown; expected Unicode's name of one, such as Latin, Cyrillic, Han or Arabic.`,
    );
  }
}
