import type { LanguageClassifier } from "./language-classifier.js";
import { languageCovers } from "./language-covers.js";

/**
 * How likely a text is of each of some languages; of a language with several labels, such as one a script, all of them
 * together. Nothing where the model knows nothing of the text.
 */
export function openShares(
  languages: readonly string[],
  { codes, all }: LanguageClassifier,
): (text: string) => number[] | undefined {
  const labels = languages.map((language) =>
    codes.flatMap((code, label) => (languageCovers(language, code) ? [label] : [])),
  );
  return (text) => {
    const found = all(text);
    return found && labels.map((own) => own.reduce((sum, label) => sum + found[label], 0));
  };
}
