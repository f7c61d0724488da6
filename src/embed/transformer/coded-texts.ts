import type { LanguageCodes } from "../folder/language-codes.js";
import type { Tokenise } from "./plain-texts.js";

/** Texts that tell their language: the template's code gives way to theirs. */
export function codedTexts(tokenise: Tokenise, { tokens, place }: LanguageCodes): Tokenise {
  return async (texts, prompt, language) => {
    const found = await tokenise(texts, prompt);
    if (language !== undefined)
      for (const ids of found.ids) ids[place === "first" ? 0 : ids.length - 1] = tokens[language];
    return found;
  };
}
