import { isWrittenIn, namesLetters } from "../../clean/language/is-written-in.js";
import { languageCovers } from "../../clean/language/language-covers.js";

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
  const known = new Map<string, string[]>();
  return (language, text) => {
    let covering = known.get(language);
    if (!covering) {
      covering = codes.filter((code) => languageCovers(code, language));
      if (codes.includes(language)) covering.unshift(language);
      // Of sr and sr-Latn, the second is what is meant for Latin.
      covering = [...covering.filter(namesLetters), ...covering.filter((code) => !namesLetters(code))];
      known.set(language, covering);
    }
    return covering.find((code) => isWrittenIn(code, text));
  };
}
