import { languageCovers } from "../../clean/language/language-covers.js";
import { namesLetters, openScript } from "../../clean/language/open-script.js";

/**
 * Decides which output a sentence goes to, by its language: that of the code asked for, so that all Chinese is in one
 * output where zh is asked for; characters that both scripts share go with the script that is asked for, or with the
 * first. Of a code such as sr-Latn only sentences in that script are taken. Where nothing is asked for, each language has
 * its own output.
 *
 * @param codes as `parseLanguage` gives them
 */
export function nameOutputs(
  codes?: readonly string[],
): (language: string, text: string) => string | undefined {
  if (codes === undefined) return (language) => language;
  const known = new Map<string, { code: string; isWritten: (text: string) => boolean }[]>();
  return (language, text) => {
    let covering = known.get(language);
    if (!covering) {
      const covers = codes.filter((code) => languageCovers(code, language));
      if (codes.includes(language)) covers.unshift(language);
      // Of sr and sr-Latn, the second is what is meant for Latin.
      covering = [...covers.filter(namesLetters), ...covers.filter((code) => !namesLetters(code))].map(
        (code) => ({ code, isWritten: openScript(code) }),
      );
      known.set(language, covering);
    }
    return covering.find(({ isWritten }) => isWritten(text))?.code;
  };
}
