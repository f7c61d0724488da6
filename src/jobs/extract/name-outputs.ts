import { languageCovers } from "../../clean/language/language-covers.js";

/**
 * Decides which output a language's sentences go to: that of the code asked for, so that all Chinese is in one output
 * where zh is asked for; characters that both scripts share go with the script that is asked for, or with the first.
 * Where nothing is asked for, each language has its own output.
 *
 * @param codes as `parseLanguage` gives them
 */
export function nameOutputs(codes?: readonly string[]): (language: string) => string | undefined {
  if (codes === undefined) return (language) => language;
  const known = new Map<string, string | undefined>(codes.map((code) => [code, code]));
  return (language) => {
    if (!known.has(language))
      known.set(
        language,
        codes.find((code) => languageCovers(code, language)),
      );
    return known.get(language);
  };
}
